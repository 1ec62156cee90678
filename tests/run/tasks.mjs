// One check or one layer of tests: run quietly, its output kept for when it fails.
import { spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { ownNode, root } from "../../server/cli/own-node.mjs";
import { keepDurations } from "./durations.mjs";

const bin = (name) => join(root, "node_modules", name);

export const pageBuild = {
  name: "page build",
  args: [bin("vite/bin/vite.js"), "build", "--logLevel", "warn"],
  again: "npm run build",
};

export const typeCheck = {
  name: "type check",
  args: [bin("typescript/bin/tsc"), "-b"],
  again: "npm run typecheck",
};

/** A warning fails as well: among fifty that were let be, the one that mattered was not to be found. */
export const biome = (paths) => ({
  name: "lint and format",
  args: [bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", ...paths],
  again: "npx biome check --error-on-warnings .",
});

const typeAware = ["--config", ".oxlintrc.types.json", "--type-aware"];

export const oxlint = (paths) => ({
  name: "type-aware lint",
  args: [bin("oxlint/bin/oxlint"), ...typeAware, ...paths],
  again: "npm run lint",
});

/** The types themselves in the same pass: one program a folder is read once instead of twice. */
const types = {
  name: "types and type-aware lint",
  args: [
    bin("oxlint/bin/oxlint"),
    ...typeAware,
    "--type-check",
    "core",
    "server",
    "client",
    "data",
    "deploy",
    "tests",
    "vite.config.ts",
  ],
  again: "npm run lint",
};

/** What the layers start from, worked out once beside the checks; without it each layer works it out itself. */
export const startingPoints = {
  name: "databases to start from",
  args: [join(root, "tests/run/databases.ts")],
  again: "node tests/run/databases.ts",
};

export const dropDatabases = { ...startingPoints, args: [...startingPoints.args, "drop"] };

/** The checks that neither run a test nor make anything. */
export const checks = [
  types,
  { name: "dead code", args: [bin("knip/bin/knip.js")], again: "npx knip" },
  biome(["."]),
];

export const layers = {
  unit: { name: "unit and property", projects: ["unit"] },
  browser: { name: "browser", projects: ["browser"] },
  /** Those that start databases, in the same processes: each process costs ten seconds before its first test. */
  served: {
    name: "database, browser and component",
    projects: ["served"],
    always: { BOXSTER_LAYERS: "1" },
    parts: [
      { name: "database and interface", of: /^tests\/(?:database|api)\// },
      { name: "browser", of: /^tests\/browser\// },
      { name: "component", of: /^tests\/component\// },
    ],
  },
  /** The long runs, and all others with what they try in part tried in whole (tests/support/runs.ts). */
  slow: {
    name: "slow",
    projects: ["slow", "unit", "component", "database", "browser"],
    always: { BOXSTER_RUNS: "whole" },
  },
};

/** Tests of these build on the ones before them in their file, so that only the whole file can run again. */
const inOneGo = /^tests\/(?:database|api|browser)\//;

/** Only while nothing else wants the processor. */
export const patiently = { priority: constants.priority.PRIORITY_LOW };

/** Passes or fails as one thing. */
export async function runCheck({ name, args, again }, how = {}) {
  const { code, seconds, output } = await runQuietly(args, how);
  const failures = code === 0 ? [] : [{ what: name, again }];
  return { name, isCheck: true, passed: code === 0 ? 1 : 0, skipped: 0, failures, seconds, output };
}

/**
 * Vitest over some projects; of the files only, where any are named. `onLastFile` is called as soon as one worker has
 * nothing left to do, `onPart` as the last file of a part of the layer ends.
 */
export async function runLayer(layer, { files = [], env = {}, onLastFile, onPart, priority } = {}) {
  const { name, projects, always = {}, parts = [] } = layer;
  const ended = [];
  let [planned, stray] = [null, []];
  let partFrom = Date.now();
  const endPart = ({ name, of }) => {
    const some = ended.filter(({ file }) => of.test(file));
    if (some.length < planned.filter((file) => of.test(file)).length) return;
    onPart?.({ ...resultOf(name, some, layer), seconds: (Date.now() - partFrom) / 1000 });
    partFrom = Date.now();
  };
  const hear = (told) => {
    planned ??= told.files;
    stray = told.stray ?? stray;
    if (!told.file) return;
    ended.push(told);
    for (const part of parts) if (part.of.test(told.file)) endPart(part);
    if (planned.length - ended.length === 1) onLastFile?.();
  };
  const args = [
    bin("vitest/vitest.mjs"),
    "run",
    ...files,
    ...projects.flatMap((project) => ["--project", project]),
    "--reporter=minimal",
    "--reporter=./tests/run/reporter.mjs",
  ];
  const { code, seconds, output } = await runQuietly(args, {
    env: { ...env, ...always },
    hear,
    priority,
  });
  keepDurations(ended);
  const result = { ...resultOf(name, ended, layer), seconds, output, ended };
  const { failures } = result;
  const again = [vitestOf(layer), ...projects.map((project) => `--project ${project}`)].join(" ");
  for (const message of stray) failures.push({ what: `${name}: ${message}`, again });
  const missing = (planned ?? []).filter((file) => !ended.some((one) => one.file === file));
  for (const file of missing) failures.push({ what: `${file} did not end`, again });
  if (code !== 0 && failures.length === 0) {
    failures.push({ what: `${name}: ended with ${code}`, again });
  }
  return result;
}

function resultOf(name, ended, layer) {
  const count = (what) => ended.reduce((sum, one) => sum + one[what].length, 0);
  const failures = ended.flatMap((one) => failuresOf(one, layer));
  return { name, passed: count("passed"), skipped: count("skipped"), failures };
}

const vitestOf = ({ always = {} }) =>
  [...Object.entries(always).map((pair) => pair.join("=")), "npx vitest run"].join(" ");

/** What failed of a file, each with the command that runs it again. */
function failuresOf({ file, failed, isBroken }, layer) {
  const again = `${vitestOf(layer)} ${file}`;
  const one = (test) =>
    inOneGo.test(file)
      ? again
      : `${again} -t ${quoted(test.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&"))}`;
  if (failed.length > 0)
    return failed.map((test) => ({ what: `${file}: ${test}`, again: one(test) }));
  return isBroken ? [{ what: `${file} (outside of its tests)`, again }] : [];
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function runQuietly(args, { env = {}, hear, priority } = {}) {
  const from = Date.now();
  const child = spawn(ownNode() ?? process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe", ...(hear ? ["ipc"] : [])],
    // So that whatever the tests start by the name "node" is the project's own.
    env: {
      ...process.env,
      PATH: `${join(root, "node_modules", ".bin")}:${process.env.PATH}`,
      ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}),
      ...env,
    },
  });
  if (priority !== undefined && child.pid !== undefined) setPriority(child.pid, priority);
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => output.push(part));
  if (hear) child.on("message", hear);
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    child.kill("SIGTERM");
  };
  process.once("SIGTERM", stop);
  return new Promise((resolve) => {
    child.on("close", (code) => {
      process.off("SIGTERM", stop);
      // Whoever ends the run ends all of it, not what it was at.
      if (isStopped) process.kill(process.pid, "SIGTERM");
      const seconds = (Date.now() - from) / 1000;
      resolve({ code: code ?? 1, seconds, output: Buffer.concat(output).toString("utf8") });
    });
  });
}
