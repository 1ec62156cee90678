// `npm test`: installs what is missing, then every check there is, and ends with one line of totals.
// Plain JavaScript on purpose: it runs before anything is installed.
import { prepare, shareAcrossLayers } from "./run/before.mjs";
import {
  checks,
  dropDatabases,
  layers,
  pageBuild,
  patiently,
  runCheck,
  runLayer,
  startingPoints,
} from "./run/tasks.mjs";
import { emptyKept, tellAll, tellEnd, tellLine } from "./run/tell.mjs";

await prepare();
emptyKept();
const from = Date.now();
shareAcrossLayers();
const results = process.argv.includes("--slow")
  ? [told(await runLayer(layers.slow))]
  : await runUsual();
if (process.env.TEST_DATABASE_URL) await runCheck(dropDatabases);
if (!process.env.TEST_DATABASE_URL) {
  console.log(
    "The database tests ran on the embedded engine only; set TEST_DATABASE_URL to run them on a server too.",
  );
}
process.exit(tellAll(results, (Date.now() - from) / 1000));

/**
 * What the served layer starts from comes first. It then waits for browsers and sockets for a sixth of its time, which all that waits
 * for nothing fills: the checks, one after the other, and the unit layer beside them, patiently.
 */
async function runUsual() {
  const meanwhile = Promise.all([inTurn(checks.map((one) => check(one, patiently))), unit()]);
  const [build, databases] = await Promise.all([check(pageBuild)(), check(startingPoints)()]);
  // The browser's tests take the page that was built at the start, and build it themselves where that failed.
  const env = build.failures.length === 0 ? { BOXSTER_PAGE_IS_BUILT: "1" } : {};
  const served = told(await runLayer(layers.served, { env, onPart: tellLine }));
  return [build, databases, served, ...(await meanwhile).flat()];
}

function check(one, how = {}) {
  return async () => told(await runCheck(one, how));
}

async function unit() {
  return told(await runLayer(layers.unit, patiently));
}

async function inTurn(parts) {
  const results = [];
  for (const run of parts) results.push(await run());
  return results;
}

function told(result) {
  tellEnd(result);
  return result;
}
