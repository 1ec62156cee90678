import { commandStudySet } from "#core/places/command.ts";
import { createRandom } from "#core/random.ts";
import { createKernel, density } from "#core/stats/density.ts";
import { emergingCategory } from "#core/stats/emerging.ts";
import { exactP } from "#core/stats/exact-p.ts";
import { giStar } from "#core/stats/gi-star.ts";
import { hotTest } from "#core/stats/hot.ts";
import { hotP } from "#core/stats/hot-p.ts";
import { knox } from "#core/stats/knox.ts";
import { benjaminiHochberg } from "#core/stats/multiple-testing.ts";
import { type Neighbours, neighboursFromLists } from "#core/stats/neighbours.ts";
import { spaceTimeScan } from "#core/stats/scan.ts";
import {
  atMost,
  type BenchContext,
  type BenchLine,
  computeOften,
  milliseconds,
} from "#tests/bench/timing.ts";
import { readBundledPlaces } from "#tests/support/bundled-places.ts";

/** The statistics beside the times that public tools are known to take: none of them runs here. */
export function benchKernels({ say }: BenchContext): BenchLine[] {
  say("Kernels: Gi*, emerging, Knox, density, scan...");
  const random = createRandom(5);
  const side = 100;
  const queen = queenLists(side);
  const counts = Int32Array.from(
    { length: side * side },
    () => Math.floor(6 * random.next() ** 6) + Number(random.next() < 0.3),
  );
  const steps = Array.from({ length: 12 }, () =>
    counts.map((count) => Math.max(0, count + random.integer(3) - 1)),
  );
  const near = neighboursFromLists(queen);
  return [
    line("Gi* with exact p (hotP, exactP, q), 10,000 cells", 5, () => testAll(counts, near), {
      known: { name: "sfhotspot hotspot_gistar", seconds: 4.3 },
      target: 50,
    }),
    line("emerging categories, 12 months, 10,000 cells", 3, () => emerging(steps, near), {
      known: { name: "sfhotspot hotspot_classify", seconds: 31.6 },
      target: 200,
    }),
    ...hotLines(),
    knoxLine(),
    densityLine(),
    ...scanLines(),
  ];
}

interface Beside {
  readonly known: { readonly name: string; readonly seconds: number };
  readonly target: number;
}

function line(work: string, runs: number, run: () => unknown, beside: Beside): BenchLine {
  const own = computeOften(runs, run).median;
  const { known, target } = beside;
  return {
    work,
    measured: milliseconds(own),
    beside: `${known.name} ${known.seconds} s, as known`,
    ratio: `${((known.seconds * 1000) / own).toFixed(0)} x (at least ${target})`,
    figure: atMost(own, "ms", (known.seconds * 1000) / target),
  };
}

function testAll(counts: Int32Array, near: Neighbours) {
  const { z, p } = giStar(counts, near);
  const hot = hotP(counts, near);
  return { z, p, exact: exactP(counts, near), q: benjaminiHochberg(hot.p) };
}

/** Each month tested with its own correction, then the course of every cell: `boxster hotspots --measure emerging`. */
function emerging(steps: readonly Int32Array[], near: Neighbours) {
  const months = steps.map((counts) => {
    const { z } = giStar(counts, near);
    return { z, hot: hotTest(counts, near).hot };
  });
  return Array.from({ length: near.offsets.length - 1 }, (_, cell) =>
    emergingCategory(
      months.map(({ z }) => z[cell] ?? null),
      { signs: months.map(({ hot }) => (hot[cell] ? 1 : 0)), alpha: 0.05 },
    ),
  );
}

/** Every move of a brush is tested again within a frame of 16 ms; beside it the test of before. */
function hotLines(): BenchLine[] {
  const random = createRandom(11);
  const command = commandStudySet(readBundledPlaces().areas);
  const grids: readonly (readonly [cells: number, near: Neighbours])[] = [
    [command.cells.length, command],
    [10_000, neighboursFromLists(queenLists(100))],
    [99_856, neighboursFromLists(queenLists(316))],
  ];
  return grids.map(([cells, near]) => {
    const counts = new Int32Array(cells);
    for (let event = 0; event < 100_000; event += 1) {
      const cell = Math.floor(cells * random.next() ** 3);
      counts[cell] = (counts[cell] as number) + 1;
    }
    const now = computeOften(10, () => hotTest(counts, near));
    const before = computeOften(10, () => benjaminiHochberg(hotP(counts, near).p));
    return {
      work: `hotspots (hot, q, by), ${cells.toLocaleString("en-GB")} cells, 100,000 events`,
      measured: `${milliseconds(now.median)} median, ${milliseconds(now.p95)} p95`,
      beside: `${milliseconds(before.median)} median, ${milliseconds(before.p95)} p95 for hotP and q`,
      ratio: `${(now.p95 / 16).toFixed(2)} of a frame of 16 ms`,
      figure: atMost(now.p95, "ms", 16),
    };
  });
}

function knoxLine(): BenchLine {
  const random = createRandom(9);
  const points = Array.from({ length: 2_000 }, () => ({
    x: random.next() * 10_000,
    y: random.next() * 10_000,
    day: random.integer(365),
  }));
  const axes = {
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    day: points.map(({ day }) => day),
  };
  const bins = { space: [0, 200, 400, 600, 800, 1_000], time: [0, 7, 14, 21, 28] };
  return line(
    "Knox, 2,000 points, 999 permutations",
    3,
    () => knox(axes, { ...bins, permutations: 999, seed: 1 }),
    {
      // 11.2 s at 99 permutations.
      known: { name: "NearRepeat", seconds: 113 },
      target: 100,
    },
  );
}

function densityLine(): BenchLine {
  const random = createRandom(13);
  const axis = (count: number) =>
    Float64Array.from({ length: count }, () => random.next() * 30_000);
  const points = { x: axis(1_000_000), y: axis(1_000_000) };
  const at = { x: axis(8_301), y: axis(8_301) };
  const kernel = createKernel("quartic", 300);
  return line("density of 1,000,000 points at 8,301 cells", 3, () => density(points, at, kernel), {
    known: { name: "the best public kernel", seconds: 0.87 },
    target: 8,
  });
}

/** A month of robberies, about as many as the oracle that SaTScan answered. */
function scanLines(): BenchLine[] {
  const random = createRandom(17);
  const places = 150;
  const cases = {
    places: Array.from({ length: places }, (_, at) => `p${at}`),
    x: Array.from({ length: places }, () => random.next() * 20_000),
    y: Array.from({ length: places }, () => random.next() * 20_000),
    place: Array.from({ length: 206 }, () => random.integer(places)),
    day: Array.from({ length: 206 }, () => 1 + random.integer(31)),
  };
  const options = { days: 31, maxRadius: 3_000, maxDays: 7, replicates: 999, seed: 1 };
  return [true, false].map((prospective) => {
    const own = computeOften(3, () => spaceTimeScan(cases, { ...options, prospective })).median;
    const once = computeOften(3, () =>
      spaceTimeScan(cases, { ...options, replicates: 0, prospective }),
    ).median;
    return {
      work: `space-time scan, ${prospective ? "prospective" : "retrospective"}, 206 cases, 999 replicates`,
      measured: milliseconds(own),
      beside: `${milliseconds(once)} for one look without replicates`,
      ratio: `${(own / once).toFixed(0)} looks`,
      figure: atMost(own, "ms", 2_000),
    };
  });
}

/** Squares of a grid with the up to eight around each. */
function queenLists(side: number): number[][] {
  const around = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => ({ down, right })));
  const isInside = (at: number) => at >= 0 && at < side;
  return Array.from({ length: side * side }, (_, square) => {
    const [row, column] = [Math.floor(square / side), square % side];
    return around
      .map(({ down, right }) => ({ y: row + down, x: column + right }))
      .filter(({ y, x }) => isInside(y) && isInside(x) && (y !== row || x !== column))
      .map(({ y, x }) => y * side + x);
  });
}
