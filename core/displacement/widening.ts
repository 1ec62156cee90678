import { leastCount } from "#core/displacement/compare.ts";
import {
  addGroups,
  countIn,
  type GroupCounts,
  type MonthPart,
  type Span,
} from "#core/displacement/timeline.ts";
import type { Placebo, Widening } from "#core/displacement/wire/displacement.ts";
import type { Stretch, ZoneCounts } from "#core/displacement/zones.ts";
import { parentCell, resolutionOf } from "#core/geo/cell.ts";
import { spreadOfChanges } from "#core/stats/between-places.ts";
import {
  crossedDispersion,
  dispersion,
  fewestForDispersion,
  pooledDispersion,
} from "#core/stats/dispersion.ts";
import type { PrePost } from "#core/stats/wdd.ts";

/** Fewer places cannot show how places change on their own. */
const fewestPlaces = 8;
/** Coarsest resolution for stretches: 5 is larger than a borough. */
const coarsest = 6;

/**
 * What widens a row's interval, by its counts and, for an edge, its number. Months: its own
 * scatter, and at least the pooled scatter of the comparison area's stretches and of the edges.
 * Placebo: the spread of the same change over those stretches, or over the other edges where wider;
 * for the area itself, without the edge that changed most.
 */
export function createWidening(given: {
  readonly counts: ZoneCounts;
  readonly windows: { readonly before: Span; readonly after: Span };
  /** Whole months before the start. */
  readonly wholeMonths: readonly MonthPart[];
}): (group: GroupCounts, edge?: number) => Widening {
  const { counts, wholeMonths } = given;
  const { timeline } = counts;
  const { before, after } = given.windows;
  const monthly = (group: GroupCounts) =>
    wholeMonths.map((month) => countIn(group, timeline, month));
  const changeOf = (group: GroupCounts): PrePost => [
    countIn(group, timeline, before),
    countIn(group, timeline, after),
  ];
  const stretches = comparableStretches(counts.stretches, changeOf);
  const edges = counts.edges.map(({ inner, outer }) => addGroups(inner, outer));
  const scatter = [stretches, edges].map((groups) => scatterOf(groups.map(monthly)));
  const control = changeOf(counts.control);
  const placeboOf = (
    groups: readonly GroupCounts[],
    { within = false, spare = false },
  ): Placebo | null => {
    const changes = groups.map(changeOf).filter(isEnough);
    const places = changes.length;
    if (places < fewestPlaces) return null;
    const phi = scatter[within ? 0 : 1] ?? 1;
    const spread = spreadOfChanges(changes, { control, within, spare, dispersion: phi });
    const doubt = Math.sqrt((places - 1) / (places - 5)) * Math.sqrt(1 + 1 / places);
    return spread === null ? null : { places, spread: spread * doubt };
  };
  const bySpace = placeboOf(stretches, { within: true });
  return (group, edge) => {
    const others = edges.filter((_, at) => at !== edge);
    return {
      dispersion: largest([dispersion(monthly(group)), ...scatter]),
      placebo: wider(bySpace, placeboOf(others, { spare: edge === undefined })),
    };
  };
}

/** As large as the treated area, or larger until enough of them hold enough reports. */
function comparableStretches(
  stretches: readonly Stretch[],
  changeOf: (group: GroupCounts) => PrePost,
): GroupCounts[] {
  const found = stretches.map(({ counts }) => counts);
  const [first] = stretches;
  if (!first || resolutionOf(first.parent) <= coarsest) return found;
  if (found.filter((counts) => isEnough(changeOf(counts))).length >= fewestPlaces) return found;
  const joined = new Map<Stretch["parent"], GroupCounts>();
  for (const { parent, counts } of stretches) {
    const larger = parentCell(parent, resolutionOf(parent) - 1);
    const known = joined.get(larger);
    joined.set(larger, known ? addGroups(known, counts) : counts);
  }
  return comparableStretches(
    [...joined].map(([parent, counts]) => ({ parent, counts })),
    changeOf,
  );
}

/** By both counts together, blind to the change. */
function isEnough([before, after]: PrePost): boolean {
  return before + after >= 2 * leastCount;
}

function scatterOf(series: readonly (readonly number[])[]): number | null {
  const months = series[0]?.length ?? 0;
  return months < fewestForDispersion ? crossedDispersion(series) : pooledDispersion(series);
}

function largest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function wider(one: Placebo | null, other: Placebo | null): Placebo | null {
  if (one === null || other === null) return one ?? other;
  return other.spread > one.spread ? other : one;
}
