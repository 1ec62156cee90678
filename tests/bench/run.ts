import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { benchAudit } from "#tests/bench/audit.ts";
import { benchEdge } from "#tests/bench/edge.ts";
import { benchGazetteer } from "#tests/bench/gazetteer.ts";
import { benchHotspots } from "#tests/bench/hotspots.ts";
import { benchImport } from "#tests/bench/import.ts";
import { benchPlan } from "#tests/bench/plan.ts";
import type { BenchLine } from "#tests/bench/timing.ts";

/** `npm run bench`: every line is a ratio to something measured in the same run, on this machine. */
const folder = mkdtempSync(join(tmpdir(), "boxster-bench-"));
try {
  const lines: BenchLine[] = [];
  for (const bench of [
    benchHotspots,
    benchImport,
    benchGazetteer,
    benchPlan,
    benchAudit,
    benchEdge,
  ]) {
    lines.push(...(await bench({ folder, say: (line) => console.error(line) })));
  }
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? "unknown"}`);
  console.log("| work | measured | beside | ratio |");
  console.log("|---|---|---|---|");
  for (const { work, measured, beside, ratio } of lines) {
    console.log(`| ${work} | ${measured} | ${beside} | ${ratio} |`);
  }
  if (process.env["BENCH_JSON"]) writeFileSync(process.env["BENCH_JSON"], JSON.stringify(lines));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
