import { cellAreaM2, type H3Cell } from "#core/geo/cell.ts";
import type { StudySet } from "#core/geo/study-set.ts";
import type { HotspotSummary } from "#core/hotspots/summary.ts";
import type { CellTest } from "#core/hotspots/test-cells.ts";

export const measures = ["count", "rate", "density", "gi", "change"] as const;
export type Measure = (typeof measures)[number];

export interface Hotspot {
  readonly cell: H3Cell;
  readonly place: string;
  /** Events whose midpoint lies inside the filter. */
  readonly count: number;
  /** Aoristic weight inside the filter. */
  readonly weight: number;
  /** Weight per week. */
  readonly rate: number;
  /** Weight per square kilometre. */
  readonly density: number;
  readonly z: number | null;
  /** `hotP`, the exact upper tail. */
  readonly p: number;
  readonly q: number;
  readonly hot: boolean;
}

export interface RankInput {
  readonly study: StudySet;
  readonly summary: HotspotSummary;
  readonly test: CellTest;
  readonly weeks: number;
  readonly nameOf: (cell: H3Cell) => string;
  readonly measure?: Measure;
}

/**
 * The cells that have anything, ranked by the measure (weight unless Gi* is asked for); ties by
 * count, then by cell, so that the order never depends on the order of the events.
 */
export function rankHotspots(input: RankInput): Hotspot[] {
  const { study, summary, test, weeks, nameOf, measure = "count" } = input;
  const rows: Hotspot[] = [];
  study.cells.forEach((cell, index) => {
    const count = summary.counts[index] as number;
    const weight = summary.weights[index] as number;
    if (count === 0 && weight === 0) return;
    rows.push({
      cell,
      place: nameOf(cell),
      count,
      weight,
      rate: weight / weeks,
      density: (weight / cellAreaM2(cell)) * 1e6,
      z: test.z[index] ?? null,
      p: test.p[index] as number,
      q: test.q[index] as number,
      hot: test.hot[index] === 1,
    });
  });
  return rows.sort(comparatorOf(measure));
}

function comparatorOf(measure: Measure): (a: Hotspot, b: Hotspot) => number {
  const tie = (a: Hotspot, b: Hotspot) =>
    b.weight - a.weight || b.count - a.count || (a.cell < b.cell ? -1 : 1);
  if (measure === "gi") return (a, b) => a.p - b.p || tie(a, b);
  if (measure === "density") return (a, b) => b.density - a.density || tie(a, b);
  return tie;
}
