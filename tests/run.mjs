// `npm test`: installs what is missing, then every check there is, and ends with one line of totals.
// Plain JavaScript on purpose: it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { nodeFault } from "../server/cli/before-start.mjs";
import { installMissing } from "../server/cli/install.mjs";
import { ownNode, root, run } from "../server/cli/own-node.mjs";

const slow = process.argv.includes("--slow");
const fault = nodeFault();
if (fault) console.error(fault);
if (fault || (await installMissing()) !== 0) process.exit(1);
installBrowser();

const node = ownNode() ?? process.execPath;
// So that whatever the tests start by the name "node" is the project's own.
const env = { ...process.env, PATH: `${join(root, "node_modules", ".bin")}:${process.env.PATH}` };
const results = [];

if (slow) {
  await suite("slow tests", ["slow"]);
} else {
  await check("type check", "typescript/bin/tsc", ["-b"]);
  await check("lint and format", "@biomejs/biome/bin/biome", ["check", "."]);
  await check("type-aware lint", "oxlint/bin/oxlint", [
    "--config",
    ".oxlintrc.types.json",
    "--type-aware",
    "core",
    "server",
    "client",
    "data",
    "tests",
  ]);
  await check("dead code", "knip/bin/knip.js", []);
  await check("page build", "vite/bin/vite.js", ["build", "--logLevel", "warn"]);
  await suite("unit and property tests", ["unit", "property"]);
  await suite("database and interface tests", ["database"]);
  await suite("browser tests", ["browser"], { fewAgain: true });
}

console.log("");
for (const { name, passed, failed, seconds, names, again } of results) {
  console.log(
    `${failed === 0 ? "ok    " : "FAILED"} ${name}: ${passed} passed, ${failed} failed, ${seconds.toFixed(0)} s`,
  );
  for (const test of names) console.log(`       ${test}`);
  for (const test of again) console.log(`       passed only when its file ran again: ${test}`);
}
if (!process.env.TEST_DATABASE_URL) {
  console.log(
    "The database tests ran on the embedded engine only; set TEST_DATABASE_URL to run them on a server too.",
  );
}
const total = (field) => results.reduce((sum, result) => sum + result[field], 0);
console.log("");
console.log(`${total("passed")} passed, ${total("failed")} failed, ${total("skipped")} skipped`);
process.exit(total("failed") === 0 ? 0 : 1);

/** One check is one thing that passes or fails. */
async function check(name, bin, args) {
  console.log(`\n== ${name}`);
  const from = Date.now();
  const code = await run(node, [join(root, "node_modules", bin), ...args], { env });
  results.push({
    name,
    passed: code === 0 ? 1 : 0,
    failed: code === 0 ? 0 : 1,
    skipped: 0,
    seconds: (Date.now() - from) / 1000,
    names: [],
    again: [],
  });
}

/**
 * Vitest projects. With `fewAgain`, up to three files with failed tests (one that fails leaves the next ones of its file
 * on the wrong page) get one second run; where that is whole and green they count as passed and are told by name: a
 * race to be mended, but no verdict on the change.
 */
async function suite(name, projects, { fewAgain = false } = {}) {
  console.log(`\n== ${name}`);
  const from = Date.now();
  let counts = await vitest(projects);
  let again = [];
  const { failed, names } = counts;
  const files = [...new Set(names.map(fileOf))];
  if (fewAgain && failed > 0 && files.length <= 3 && failed === names.length) {
    console.log(`\n== ${name}: the files of ${failed} that failed, once more`);
    console.log(names.map((test) => `   ${test}`).join("\n"));
    const second = await vitest(projects, files);
    if (second.failed === 0 && names.every((test) => second.passedNames.has(test))) {
      again = names;
      counts = { ...counts, passed: counts.passed + failed, failed: 0, names: [] };
    }
  }
  results.push({ name, ...counts, again, seconds: (Date.now() - from) / 1000 });
}

async function vitest(projects, files = []) {
  const folder = join(root, "node_modules", ".cache", "boxster");
  mkdirSync(folder, { recursive: true });
  const report = join(folder, `report-${projects.join("-")}.json`);
  rmSync(report, { force: true });
  const code = await run(
    node,
    [
      join(root, "node_modules", "vitest", "vitest.mjs"),
      "run",
      ...files,
      ...projects.flatMap((project) => ["--project", project]),
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    { env },
  );
  const counts = readReport(report);
  // A suite that broke before or after its tests counts as one failure more.
  const failed = counts.failed + (code !== 0 && counts.failed === 0 ? 1 : 0);
  return { ...counts, failed };
}

function readReport(file) {
  if (!existsSync(file))
    return { passed: 0, failed: 1, skipped: 0, names: [], passedNames: new Set() };
  const report = JSON.parse(readFileSync(file, "utf8"));
  return {
    names: report.testResults.flatMap(namesOfFailed),
    passedNames: new Set(report.testResults.flatMap((file) => namesOf(file, "passed"))),
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

/** Which tests of a file failed; the file itself where it broke outside its tests. */
function namesOfFailed(file) {
  const failed = namesOf(file, "failed");
  return failed.length === 0 && file.status === "failed" ? [relative(root, file.name)] : failed;
}

function namesOf({ name, assertionResults }, status) {
  return assertionResults
    .filter((test) => test.status === status)
    .map(({ fullName }) => `${relative(root, name)}: ${fullName}`);
}

function fileOf(test) {
  return test.slice(0, test.indexOf(": "));
}

/** The browser tests need a Chromium; as root on Debian it is installed here. */
function installBrowser() {
  const known = [
    process.env.BOXSTER_CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  if (known.some((file) => file && existsSync(file))) return;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    console.error(
      "No Chromium was found: install one, or set BOXSTER_CHROMIUM, for the browser tests.",
    );
    return;
  }
  console.error("Installing Chromium for the browser tests...");
  const options = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], options);
}
