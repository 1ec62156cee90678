import { cellAreaM2, type H3Cell } from "#core/geo/cell.ts";
import type { CellChange } from "#core/hotspots/change.ts";
import type { HotspotSummary } from "#core/hotspots/counts.ts";
import { emergingOrder } from "#core/hotspots/emerging-group.ts";
import type { CellTest } from "#core/hotspots/test-cells.ts";
import type { HotspotRow, Measure } from "#core/hotspots/wire/hotspots.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { type Emerging, emergingWords } from "#core/stats/emerging-pattern.ts";
import { degreeOf, neighbourSums } from "#core/stats/neighbours.ts";
import { compareText } from "#core/text/text-order.ts";

/**
 * `before`, `change` and their tests are there for the measure `change` only, `category` for
 * `emerging`.
 */
export interface Hotspot extends Readonly<Omit<HotspotRow, "cell">> {
  readonly cell: H3Cell;
}

export interface RankInput {
  readonly study: StudySet;
  readonly summary: HotspotSummary;
  readonly test: CellTest;
  readonly weeks: number;
  readonly nameOf: (cell: H3Cell) => string;
  readonly measure?: Measure;
  /** Per cell of the study set, for the measure `change`. */
  readonly changes?: readonly CellChange[] | undefined;
  /** Per cell of the study set, for the measure `emerging`. */
  readonly emerging?: readonly Emerging[] | undefined;
  /** Cells of the study set listed even when empty. */
  readonly isListed?: ((index: number) => boolean) | undefined;
}

/**
 * All non-empty cells, so that table, map and sentence count the same places. Ranked by the measure
 * (count, rate and density by weight); ties by count, then by cell, never by event order.
 */
export function rankHotspots(input: RankInput): Hotspot[] {
  const { study, summary, test, changes, emerging, measure = "count" } = input;
  const around = neighbourSums(summary.counts, study);
  const mean = summary.total / study.cells.length;
  const rows: Hotspot[] = [];
  study.cells.forEach((cell, index) => {
    const count = summary.counts[index] as number;
    const weight = steady(summary.weights[index] as number);
    const change = changes?.[index];
    const category = emerging?.[index];
    const hasAny = count > 0 || weight > 0 || Boolean(change?.before);
    if (!hasAny && !input.isListed?.(index)) return;
    rows.push({
      cell,
      place: input.nameOf(cell),
      count,
      weight,
      rate: weight / input.weeks,
      density: (weight / cellAreaM2(cell)) * 1e6,
      expectedOwn: mean,
      near: (around[index] as number) + count,
      expected: (degreeOf(study, index) + 1) * mean,
      z: test.z[index] ?? null,
      ownP: test.ownP[index] as number,
      areaP: test.areaP[index] as number,
      p: test.p[index] as number,
      q: test.q[index] as number,
      hot: test.hot[index] === 1,
      beside: test.beside[index] === 1,
      by: test.by[index] ?? null,
      ...change,
      ...(category ? { category: emergingWords(category) } : {}),
    });
  });
  return rows.sort(orders[measure]);
}

/** Rounds: float sums differ by order of addition, and ranks must not. */
function steady(weight: number): number {
  return Math.round(weight * 1e9) / 1e9;
}

/** Cells with only a share of events come last: each counts elsewhere or at another time. */
function byCounted(a: Hotspot, b: Hotspot): number {
  return Number(b.count > 0) - Number(a.count > 0);
}

export function byWeight(a: Hotspot, b: Hotspot): number {
  return byCounted(a, b) || b.weight - a.weight || b.count - a.count || compareText(a.cell, b.cell);
}

const orders: Readonly<Record<Measure, typeof byWeight>> = {
  count: byWeight,
  rate: byWeight,
  density: (a, b) => byCounted(a, b) || b.density - a.density || byWeight(a, b),
  gi: (a, b) => byCounted(a, b) || a.p - b.p || byWeight(a, b),
  change: (a, b) => (b.change ?? 0) - (a.change ?? 0) || byWeight(a, b),
  emerging: (a, b) => emergingRank(a) - emergingRank(b) || byWeight(a, b),
};

const emergingRanks = new Map(
  [
    ...emergingOrder.map((pattern) => ({ pattern, side: "hot" as const })),
    ...emergingOrder.map((pattern) => ({ pattern, side: "cold" as const })),
  ]
    .map((each, rank) => [emergingWords(each), rank] as const)
    .reverse(),
);

function emergingRank({ category = "" }: Hotspot): number {
  return emergingRanks.get(category) ?? emergingRanks.size;
}
