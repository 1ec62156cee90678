import type { StreetSet } from "#core/hotspots/streets/street-set.ts";
import { fewestHot, type HotTest, hotLevel, hotTest } from "#core/stats/hot.ts";
import { formatCount } from "#core/text/numbers.ts";

export interface StreetTest extends HotTest {
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
