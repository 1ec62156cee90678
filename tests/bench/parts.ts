import { benchDrag } from "#tests/bench/drag.ts";
import { benchEdge } from "#tests/bench/edge.ts";
import { benchEncounters } from "#tests/bench/encounters.ts";
import { benchFile } from "#tests/bench/file.ts";
import { benchForecast } from "#tests/bench/forecast.ts";
import { benchForest } from "#tests/bench/forest.ts";
import { benchHotspots } from "#tests/bench/hotspots.ts";
import { benchImport } from "#tests/bench/import.ts";
import { benchKernels } from "#tests/bench/kernels.ts";
import { benchLoad } from "#tests/bench/load.ts";
import { benchOpen } from "#tests/bench/open.ts";
import { benchOrienteering } from "#tests/bench/orienteering.ts";
import { benchPage } from "#tests/bench/page.ts";
import { benchPhone } from "#tests/bench/phone.ts";
import { benchPlan } from "#tests/bench/plan.ts";
import { benchPositions } from "#tests/bench/positions.ts";
import { benchPublicPage } from "#tests/bench/public-page.ts";
import { benchRelease } from "#tests/bench/release.ts";
import { benchScale } from "#tests/bench/scale.ts";
import { benchStreetArchive } from "#tests/bench/street-archive.ts";
import { benchStreetGraph } from "#tests/bench/street-graph.ts";
import { benchStreetPlan } from "#tests/bench/street-plan.ts";
import { benchStreetsMap } from "#tests/bench/streets-map.ts";
import { benchTiles } from "#tests/bench/tiles.ts";
import type { BenchContext, BenchLine } from "#tests/bench/timing.ts";
import { benchWeeklyLooks } from "#tests/bench/weekly-looks.ts";

type Bench = (context: BenchContext) => readonly BenchLine[] | Promise<readonly BenchLine[]>;

export const usualParts: Readonly<Record<string, Bench>> = {
  hotspots: benchHotspots,
  kernels: benchKernels,
  import: benchImport,
  plan: benchPlan,
  positions: benchPositions,
  release: benchRelease,
  public: benchPublicPage,
  edge: benchEdge,
  page: benchPage,
  phone: benchPhone,
  file: benchFile,
  drag: benchDrag,
  streets: benchStreets,
};
/** Minutes and gigabytes: only by name. */
const largeParts: Readonly<Record<string, Bench>> = {
  forecast: benchForecast,
  scale: benchScale,
  open: benchOpen,
  load: benchLoad,
  orienteering: benchOrienteering,
  forest: benchForest,
  encounters: benchEncounters,
  looks: benchWeeklyLooks,
};
export const allParts = { ...usualParts, ...largeParts };

/** Several times what each took on the slowest machine that it was run on. */
export function limitMinutes(name: string): number {
  return Object.hasOwn(largeParts, name) ? 180 : 30;
}

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
