// `npm test`: installs what is missing, then every check there is, and ends with one line of totals.
// Plain JavaScript on purpose: it runs before anything is installed.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepare } from "./run/before.mjs";
import { runPacked } from "./run/packed.mjs";
import { checks, dropDatabases, layers, pageBuild, runCheck, runLayer } from "./run/tasks.mjs";
import { emptyKept, tellAll, tellEnd, tellLine } from "./run/tell.mjs";

await prepare();
emptyKept();
const from = Date.now();
// What one layer works out (the demonstration's rows) the next ones read.
const shared = mkdtempSync(join(tmpdir(), "boxster-run-"));
process.env.BOXSTER_TEST_FOLDER = shared;
process.env.BOXSTER_TEST_RUN = randomBytes(4).toString("hex");
const results = process.argv.includes("--slow")
  ? [told(await runLayer(layers.slow))]
  : await runUsual();
rmSync(shared, { recursive: true, force: true });
if (process.env.TEST_DATABASE_URL) await runCheck(dropDatabases);
if (!process.env.TEST_DATABASE_URL) {
  console.log(
    "The database tests ran on the embedded engine only; set TEST_DATABASE_URL to run them on a server too.",
  );
}
process.exit(tellAll(results, (Date.now() - from) / 1000));

async function runUsual() {
  let isBuilt = false;
  const check = (one) => ({
    width: 1,
    run: async () => {
      const result = await runCheck(one);
      if (one === pageBuild) isBuilt = result.failures.length === 0;
      return told(result);
    },
  });
  const layer = (one, envOf = () => ({})) => ({
    width: 2,
    run: async (spare) =>
      told(await runLayer(one, { env: envOf(), onLastFile: spare, onPart: tellLine })),
  });
  // The browser's tests take the page that was built at the start, and build it themselves where that failed.
  return await runPacked([
    ...checks.map(check),
    layer(layers.unit),
    layer(layers.served, () => (isBuilt ? { BOXSTER_PAGE_IS_BUILT: "1" } : {})),
  ]);
}

function told(result) {
  tellEnd(result);
  return result;
}
