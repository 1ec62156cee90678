// `npm run test:near`: what a change can reach, in under a minute, and a word of what it left out.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../server/cli/own-node.mjs";
import { prepare } from "./before.mjs";
import { readDurations } from "./durations.mjs";
import { runPacked } from "./packed.mjs";
import { changedFiles, reach } from "./reach.mjs";
import { biome, oxlint, runCheck, runLayer, typeCheck } from "./tasks.mjs";
import { emptyKept, tellAll, tellEnd } from "./tell.mjs";

/** Seconds of one core that the files of a kind may take together, and what one takes that has not run here yet. */
const kinds = [
  { name: "unit", project: "unit", of: /^tests\/unit\/.*\.test\.tsx?$/, most: 25, guess: 0.6 },
  { name: "property", project: "unit", of: /\.prop\.test\.ts$/, most: 15, guess: 2 },
  {
    name: "component",
    project: "component",
    of: /^tests\/component\/.*\.test\.ts$/,
    most: 15,
    guess: 10,
  },
  { name: "database", project: "database", of: /\.(?:db|api)\.test\.ts$/, most: 25, guess: 6 },
];

const changed = changedFiles();
if (!changed) {
  console.error("What changed is read from Git, which does not answer here: run npm test.");
  process.exit(1);
}
if (changed.length === 0) {
  console.log("Nothing changed since this branch left main: nothing to run.");
  process.exit(0);
}
await prepare({ browser: false });
emptyKept();
const from = Date.now();
const { near, past } = reach(changed);
const durations = readDurations();
const chosen = kinds.map((kind) => ({ kind, ...withinTime(kind) }));
const journeys = journeysOf();

const linted = changed.filter((file) => existsSync(join(root, file)));
const typed = linted.filter((file) => /\.tsx?$/.test(file) && file.includes("/"));
const parts = [
  { width: 1, run: () => runCheck(typeCheck) },
  { width: 1, run: () => runCheck(biome(["--no-errors-on-unmatched", ...linted])) },
  ...(typed.length > 0 ? [{ width: 1, run: () => runCheck(oxlint(typed)) }] : []),
  ...layerOf("unit, property and component", chosen.slice(0, 3)),
  ...layerOf("database and interface", chosen.slice(3)),
];
if (journeys.length > 0) {
  parts.push({
    width: 2,
    run: () => runLayer({ name: "browser", projects: ["browser"] }, { files: journeys }),
  });
}
const results = await runPacked(
  parts.map(({ width, run }) => ({
    width,
    run: async (spare) => {
      const result = await run(spare);
      tellEnd(result);
      return result;
    },
  })),
);
tellLeftOut();
process.exit(tellAll(results, (Date.now() - from) / 1000));

/** The files of a kind that import what changed, nearest first, as many as fit. */
function withinTime({ of, most, guess }) {
  const files = [...near.keys()].filter((file) => of.test(file) && existsSync(join(root, file)));
  const seconds = (file) => (durations[file] ?? guess * 1000) / 1000;
  files.sort((a, b) => near.get(a) - near.get(b) || seconds(a) - seconds(b));
  let spent = 0;
  const taken = files.filter((file) => {
    // One that was changed itself always runs, and so does a house test.
    const fits = spent + seconds(file) <= most || near.get(file) === 0;
    if (fits) spent += seconds(file);
    return fits;
  });
  return { taken, left: files.filter((file) => !taken.includes(file)) };
}

/** None, but where the tests in a browser are what changed: two of those at most. */
function journeysOf() {
  if (!changed.some((file) => file.startsWith("tests/browser/"))) return [];
  const reached = [...near.keys()].filter((file) => /\.browser\.ts$/.test(file));
  return reached.filter((file) => existsSync(join(root, file))).slice(0, 2);
}

function layerOf(name, some) {
  const used = some.filter(({ taken }) => taken.length > 0);
  if (used.length === 0) return [];
  const projects = new Set(used.map(({ kind }) => kind.project));
  const files = used.flatMap(({ taken }) => taken);
  return [
    {
      width: 2,
      run: (spare) => runLayer({ name, projects: [...projects] }, { files, onLastFile: spare }),
    },
  ];
}

function tellLeftOut() {
  console.log("\nNot run here, all of it in npm test:");
  for (const { kind, left } of chosen) {
    if (left.length > 0) console.log(`  ${kind.name}: ${left.length} files that are further away`);
  }
  const byHub = [...past.keys()].filter((file) => kinds[3].of.test(file)).length;
  if (byHub > 0) {
    console.log(`  database: ${byHub} files that reach the change through the whole server only`);
  }
  const deaf = changed.filter((file) => !/\.(?:[cm]?[jt]sx?|md)$/.test(file));
  if (deaf.length > 0) console.log(`  whatever reads ${deaf.join(", ")}`);
  const browser = journeys.length > 0 ? "the other journeys" : "the journeys in a browser";
  console.log(`  dead code, the page build, ${browser}`);
}
