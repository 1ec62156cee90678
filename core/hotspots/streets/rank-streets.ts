import type { StreetCounts } from "#core/hotspots/streets/street-counts.ts";
import type { StreetSet } from "#core/hotspots/streets/street-set.ts";
import type { StreetMeasure, StreetPlaceRow } from "#core/hotspots/wire/streets.ts";
import { fewestHot, type HotTest, hotLevel, hotTest } from "#core/stats/hot.ts";
import { neighbourSums } from "#core/stats/neighbours.ts";
import { formatCount } from "#core/text/numbers.ts";

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
      segment,
      count,
      weight,
      metres,
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

interface StreetTest extends HotTest {
  readonly hotSegments: number;
}

/**
 * Segments that have, alone or with adjoining ones, more events than an even spread along all
 * streets of the set gives their length (docs/definitions.md, By street). Segments without an event
 * of their own never qualify.
 */
export function testStreets(counts: Int32Array, set: StreetSet): StreetTest {
  const shares = set.metres.map((metres) => metres / set.totalMetres);
  const test = hotTest(counts, set, shares);
  const hot = test.hot.map((flag, at) => (counts[at] === 0 ? 0 : flag));
  const by = test.by.map((one, at) => (counts[at] === 0 ? null : one));
  let hotSegments = 0;
  for (const flag of hot) hotSegments += flag;
  return { ...test, hot, by, hotSegments };
}

/** Behind every mark and in every export; `events`: all on a street of the set. */
export function describeStreetTest(events: number, set: StreetSet): string {
  const km = formatCount(Math.round(set.totalMetres / 1_000));
  return `exact binomial test of each segment, alone and with those that meet it, against an even spread of ${events} events along ${km} km of street in ${set.segments.length} segments of ${set.name}, to each by its length; the smaller p doubled, adjusted for multiple testing (Benjamini-Hochberg); hotspot at q <= ${hotLevel} with at least ${fewestHot} events, one of them on the segment itself, taken by rising p, each given the excess of those before it`;
}
