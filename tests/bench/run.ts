import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { benchAudit } from "#tests/bench/audit.ts";
import { benchDisplacement } from "#tests/bench/displacement.ts";
import { benchDrag } from "#tests/bench/drag.ts";
import { benchEdge } from "#tests/bench/edge.ts";
import { benchFile } from "#tests/bench/file.ts";
import { benchForecast } from "#tests/bench/forecast.ts";
import { benchGazetteer } from "#tests/bench/gazetteer.ts";
import { benchHotspots } from "#tests/bench/hotspots.ts";
import { benchImport } from "#tests/bench/import.ts";
import { benchKernels } from "#tests/bench/kernels.ts";
import { benchLoad } from "#tests/bench/load.ts";
import { benchNational } from "#tests/bench/national.ts";
import { benchOpen } from "#tests/bench/open.ts";
import { benchPage } from "#tests/bench/page.ts";
import { benchPlan } from "#tests/bench/plan.ts";
import { benchPositions } from "#tests/bench/positions.ts";
import { benchRelease } from "#tests/bench/release.ts";
import { benchScale } from "#tests/bench/scale.ts";
import { benchStreetArchive } from "#tests/bench/street-archive.ts";
import { benchStreetGraph } from "#tests/bench/street-graph.ts";
import { benchStreetPlan } from "#tests/bench/street-plan.ts";
import { benchStreetsMap } from "#tests/bench/streets-map.ts";
import { benchTiles } from "#tests/bench/tiles.ts";
import type { BenchContext, BenchLine } from "#tests/bench/timing.ts";
import { closeBrowsers } from "#tests/browser/driver.ts";

/**
 * `npm run bench`: every line is a ratio to something measured in the same run, on this machine.
 * Names behind it pick parts of the table: `npm run bench -- import plan`. With `--json` one document: the rows, each
 * with its figure and what is asked of it where something is.
 */
const parts = {
  hotspots: benchHotspots,
  kernels: benchKernels,
  displacement: benchDisplacement,
  import: benchImport,
  gazetteer: benchGazetteer,
  plan: benchPlan,
  positions: benchPositions,
  audit: benchAudit,
  release: benchRelease,
  edge: benchEdge,
  page: benchPage,
  file: benchFile,
  drag: benchDrag,
  streets: benchStreets,
};
/** Minutes and gigabytes: only by name. */
const large = {
  forecast: benchForecast,
  scale: benchScale,
  open: benchOpen,
  load: benchLoad,
  national: benchNational,
};
const known = { ...parts, ...large };
const words = process.argv.slice(2);
const asJson = words.includes("--json");
const wanted = words.filter((word) => word !== "--json");
const unknown = wanted.filter((name) => !Object.hasOwn(known, name));
if (unknown.length > 0) {
  console.error(`No part "${unknown.join('", "')}"; there are ${Object.keys(known).join(", ")}.`);
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), "boxster-bench-"));
// The database's own user reads files of made-up rows there.
chmodSync(folder, 0o755);
try {
  const lines: BenchLine[] = [];
  for (const [name, bench] of Object.entries(wanted.length > 0 ? known : parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    lines.push(...(await bench({ folder, say: (line) => console.error(line) })));
  }
  const machine = `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? "unknown"}`;
  if (asJson) printJson(machine, lines);
  else printTable(machine, lines);
  if (process.env["BENCH_JSON"]) writeFileSync(process.env["BENCH_JSON"], JSON.stringify(lines));
} finally {
  rmSync(folder, { recursive: true, force: true });
  await closeBrowsers();
}
// Databases of tests are kept for whoever comes next, and nobody does.
process.exit();

async function benchStreets(context: BenchContext): Promise<BenchLine[]> {
  const lines: BenchLine[] = [];
  for (const bench of [
    benchTiles,
    benchStreetArchive,
    benchStreetGraph,
    benchStreetPlan,
    benchStreetsMap,
  ]) {
    lines.push(...(await bench(context)));
  }
  return lines;
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
  const none = { value: null, unit: null, target: null, ok: null };
  const rows = lines.map(({ work, measured, beside, figure }) => ({
    work,
    ...(figure ?? none),
    measured,
    beside,
  }));
  console.log(JSON.stringify({ machine, at: new Date().toISOString(), rows }));
}
