// One check or one layer of tests: run quietly, its output kept for when it fails.
import { spawn } from "node:child_process";
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

export const biome = (paths) => ({
  name: "lint and format",
  args: [bin("@biomejs/biome/bin/biome"), "check", ...paths],
  again: "npx biome check .",
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
    ...["core", "server", "client", "data", "tests", "vite.config.ts"],
  ],
  again: "npm run lint",
};

/** The checks that run no test. */
export const checks = [
  pageBuild,
  types,
  { name: "dead code", args: [bin("knip/bin/knip.js")], again: "npx knip" },
  biome(["."]),
];

export const layers = {
  unit: { name: "unit and property", projects: ["unit"] },
  component: { name: "component", projects: ["component"] },
  database: { name: "database and interface", projects: ["database"] },
  browser: { name: "browser", projects: ["browser"] },
  /** The long runs, and all others with what they try in part tried in whole (tests/support/runs.ts). */
  slow: {
    name: "slow",
    projects: ["slow", "unit", "component", "database", "browser"],
    always: { BOXSTER_RUNS: "whole" },
  },
};

/** Tests of these build on the ones before them in their file, so that only the whole file can run again. */
const inOneGo = new Set(["database", "browser"]);

/** Passes or fails as one thing. */
export async function runCheck({ name, args, again }) {
  const { code, seconds, output } = await runQuietly(args);
  const failures = code === 0 ? [] : [{ what: name, again }];
  return { name, isCheck: true, passed: code === 0 ? 1 : 0, skipped: 0, failures, seconds, output };
}

/**
 * Vitest over some projects; of the files only, where any are named. `onLastFile` is called as soon as one worker has
 * nothing left to do.
 */
export async function runLayer(layer, { files = [], env = {}, onLastFile } = {}) {
  const { name, projects, always = {} } = layer;
  const ended = [];
  let [planned, stray] = [null, []];
  const hear = (told) => {
    planned ??= told.files;
    stray = told.stray ?? stray;
    if (told.file) ended.push(told);
    if (planned - ended.length === 1) onLastFile?.();
  };
  const args = [
    bin("vitest/vitest.mjs"),
    "run",
    ...files,
    ...projects.flatMap((project) => ["--project", project]),
    ...["--reporter=minimal", "--reporter=./tests/run/reporter.mjs"],
  ];
  const { code, seconds, output } = await runQuietly(args, { env: { ...env, ...always }, hear });
  const vitest = [...Object.entries(always).map((pair) => pair.join("=")), "npx vitest run"].join(
    " ",
  );
  const failures = ended.flatMap((told) => failuresOf(told, vitest));
  const again = [vitest, ...projects.map((project) => `--project ${project}`)].join(" ");
  for (const message of stray) failures.push({ what: `${name}: ${message}`, again });
  if (planned !== null && ended.length < planned) {
    failures.push({ what: `${name}: ${planned - ended.length} files did not end`, again });
  }
  if (code !== 0 && failures.length === 0) {
    failures.push({ what: `${name}: ended with ${code}`, again });
  }
  keepDurations(ended);
  const count = (of) => ended.reduce((sum, told) => sum + told[of].length, 0);
  const counts = { passed: count("passed"), skipped: count("skipped") };
  return { name, ...counts, failures, seconds, output, ended };
}

/** What failed of a file, each with the command that runs it again. */
function failuresOf({ project, file, failed, isBroken }, vitest) {
  const again = `${vitest} --project ${project} ${file}`;
  const one = (test) =>
    inOneGo.has(project)
      ? again
      : `${again} -t ${quoted(test.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&"))}`;
  if (failed.length > 0)
    return failed.map((test) => ({ what: `${file}: ${test}`, again: one(test) }));
  return isBroken ? [{ what: `${file} (outside of its tests)`, again }] : [];
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function runQuietly(args, { env = {}, hear } = {}) {
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
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => output.push(part));
  if (hear) child.on("message", hear);
  const stop = () => child.kill("SIGTERM");
  process.once("SIGTERM", stop);
  return new Promise((resolve) => {
    child.on("close", (code) => {
      process.off("SIGTERM", stop);
      const seconds = (Date.now() - from) / 1000;
      resolve({ code: code ?? 1, seconds, output: Buffer.concat(output).toString("utf8") });
    });
  });
}
