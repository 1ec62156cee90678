// `npm run test:again -- 20 [FILE...]`: the journeys that many times over, and every test that did not do the same each time.
import { prepare, shareAcrossLayers } from "./before.mjs";
import { dropDatabases, layers, pageBuild, runCheck, runLayer, startingPoints } from "./tasks.mjs";
import { emptyKept, tellAll, tellEnd } from "./tell.mjs";

const given = process.argv.slice(2);
const rounds = Number(given.find((word) => /^\d+$/.test(word)) ?? 20);
const files = given.filter((word) => !/^\d+$/.test(word));
if (rounds < 2) {
  console.error(
    `Runs the browser tests some times over and tells which differ: give 2 or more, not ${rounds}.`,
  );
  process.exit(1);
}

await prepare();
emptyKept();
const from = Date.now();
shareAcrossLayers();
const results = [];
for (const one of [pageBuild, startingPoints]) {
  results.push(await runCheck(one));
  tellEnd(results.at(-1));
}
/** What each test came to, round by round. */
const seen = new Map();
if (results.every(({ failures }) => failures.length === 0)) {
  for (let round = 1; round <= rounds; round += 1) {
    const env = { BOXSTER_PAGE_IS_BUILT: "1", BOXSTER_TRACE: "1" };
    const result = await runLayer(layers.browser, { files, env });
    const named = { ...result, name: `round ${round} of ${rounds}` };
    tellEnd(named);
    results.push(named);
    for (const { file, passed, failed } of result.ended) {
      for (const test of passed) note(`${file}: ${test}`, round, "passed");
      for (const test of failed) note(`${file}: ${test}`, round, "failed");
    }
  }
}
if (process.env.TEST_DATABASE_URL) await runCheck(dropDatabases);
const code = tellAll(results, (Date.now() - from) / 1000);
const differing = [...seen].filter(
  ([, { passed, failed }]) => failed.length > 0 || passed.length < rounds,
);
for (const [test, { passed, failed }] of differing) {
  const how = passed.length > 0 ? "differs" : "always fails";
  const inRounds = failed.length > 0 ? `, failed in round ${failed.join(", ")}` : "";
  console.log(`${how}: ${test}\n  passed in ${passed.length} of ${rounds}${inRounds}`);
}
if (differing.length === 0) console.log(`Nothing differed in ${rounds} rounds.`);
process.exit(code === 0 && differing.length === 0 ? 0 : 1);

function note(test, round, state) {
  if (!seen.has(test)) seen.set(test, { passed: [], failed: [] });
  seen.get(test)[state].push(round);
}
