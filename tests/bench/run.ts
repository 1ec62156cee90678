import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { allParts, limitMinutes, usualParts } from "#tests/bench/parts.ts";
import { runPart } from "#tests/bench/run-part.ts";
import type { BenchLine } from "#tests/bench/timing.ts";
import { closeBrowsers } from "#tests/browser/driver.ts";
import { buildPage } from "#tests/browser/global-setup.ts";

/**
 * `npm run bench`: every line is a ratio to something measured in the same run, on this machine.
 * Names behind it pick parts of the table: `npm run bench -- import plan`. With `--json` one document: the rows, each
 * with its value and what is asked of it. A part that fails or takes too long is a row that says so, and the exit is 1.
 */
if (process.send) await measureOne();
else await measureAll();

/** In the process of one part. */
async function measureOne(): Promise<void> {
  const [name = "", folder = ""] = process.argv.slice(2);
  const lines = await allParts[name]?.({ folder, say: (line) => console.error(line) });
  await closeBrowsers();
  process.send?.(lines);
  // Databases of tests are kept for whoever comes next, and nobody does.
  process.disconnect();
  process.exit();
}

async function measureAll(): Promise<void> {
  const words = process.argv.slice(2);
  const asJson = words.includes("--json");
  const wanted = words.filter((word) => word !== "--json");
  const unknown = wanted.filter((name) => !Object.hasOwn(allParts, name));
  if (unknown.length > 0) {
    const known = Object.keys(allParts).join(", ");
    console.error(`No part "${unknown.join('", "')}"; there are ${known}.`);
    process.exit(1);
  }
  buildPage();
  const folder = mkdtempSync(join(tmpdir(), "boxster-bench-"));
  // The database's own user reads files of made-up rows there.
  chmodSync(folder, 0o755);
  const lines: BenchLine[] = [];
  for (const name of wanted.length > 0 ? new Set(wanted) : Object.keys(usualParts)) {
    const script = fileURLToPath(import.meta.url);
    const result = await runPart({ script, name, folder, limitMs: limitMinutes(name) * 60_000 });
    lines.push(...result.lines);
    if (result.failed) process.exitCode = 1;
  }
  rmSync(folder, { recursive: true, force: true });
  const machine = `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? "unknown"}`;
  if (asJson) printJson(machine, lines);
  else printTable(machine, lines);
  if (process.env["BENCH_JSON"]) writeFileSync(process.env["BENCH_JSON"], JSON.stringify(lines));
}

function printTable(machine: string, lines: readonly BenchLine[]): void {
  console.log(machine);
  console.log("| work | measured | beside | ratio |");
  console.log("|---|---|---|---|");
  for (const { work, measured, beside, ratio } of lines) {
    console.log(`| ${work} | ${measured} | ${beside} | ${ratio} |`);
  }
}

function printJson(machine: string, lines: readonly BenchLine[]): void {
  const rows = lines.map(({ work, measured, beside, figure }) => ({
    work,
    ...figure,
    measured,
    beside,
  }));
  console.log(JSON.stringify({ machine, at: new Date().toISOString(), rows }));
}
