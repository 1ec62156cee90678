import type { StreetCounts } from "#core/hotspots/streets/street-counts.ts";
import type { StreetSet } from "#core/hotspots/streets/street-set.ts";
import type { StreetTest } from "#core/hotspots/streets/test-streets.ts";
import type { StreetMeasure, StreetPlaceRow } from "#core/hotspots/wire/streets.ts";
import { neighbourSums } from "#core/stats/neighbours.ts";

export type StreetRow = Omit<StreetPlaceRow, "place" | "street" | "class" | "line">;

/** Segments with any events, ranked; ties by count, then number: input order never matters. */
export function rankStreets(
  set: StreetSet,
  given: Pick<StreetCounts, "counts" | "weights" | "placed">,
  test: StreetTest,
  measure: StreetMeasure = "count",
): StreetRow[] {
  const { counts, weights, placed } = given;
  const around = neighbourSums(counts, set);
  const metresAround = neighbourSums(set.metres, set);
  const perMetre = set.totalMetres > 0 ? placed / set.totalMetres : 0;
  const rows: StreetRow[] = [];
  set.segments.forEach((segment, at) => {
    const count = counts[at] as number;
    const weight = Math.round((weights[at] as number) * 1e9) / 1e9;
    if (count === 0 && weight === 0) return;
    const metres = set.metres[at] as number;
    rows.push({
      ...{ segment, count, weight, metres },
      per100m: (100 * weight) / metres,
      expectedOwn: perMetre * metres,
      near: (around[at] as number) + count,
      expected: perMetre * ((metresAround[at] as number) + metres),
      ownP: test.ownP[at] as number,
      areaP: test.areaP[at] as number,
      p: test.p[at] as number,
      q: test.q[at] as number,
      hot: test.hot[at] === 1,
      beside: test.beside[at] === 1,
      by: test.by[at] ?? null,
    });
  });
  return rows.sort(orders[measure]);
}

type Order = (a: StreetRow, b: StreetRow) => number;

const byWeight: Order = (a, b) => b.weight - a.weight || b.count - a.count || a.segment - b.segment;

const orders: Readonly<Record<StreetMeasure, Order>> = {
  count: byWeight,
  density: (a, b) => b.per100m - a.per100m || byWeight(a, b),
  gi: (a, b) => a.p - b.p || byWeight(a, b),
};
