import { type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import type { ClosedTime } from "#core/patrols/closed-time.ts";
import type { Leg } from "#core/patrols/streets/leg.ts";
import type { StreetWays } from "#core/patrols/streets/street-ways.ts";
import { createSurroundings, type Surroundings } from "#core/patrols/streets/surroundings.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";

/**
 * The ways of a window from stop to stop, round what is closed at any moment of [start, end). "closed" where one of them is
 * closed however it goes.
 */
export type LegMaker = (
  stops: readonly H3Cell[],
  mode: PatrolMode,
  span: { readonly start: number; readonly end: number },
) => readonly Leg[] | "closed";

/** Null without streets: then windows have no ways of their own and go as the crow flies. */
export function createLegMaker(ways: StreetWays | null, closed: ClosedTime): LegMaker | null {
  if (!ways) return null;
  const known = new Map<H3Cell, Surroundings>();
  return (stops, mode, { start, end }) => {
    const [first] = stops;
    if (first === undefined) return [];
    const zone = parentCell(first, zoneResolution);
    const surroundings = known.get(zone) ?? createSurroundings(zone, closed);
    known.set(zone, surroundings);
    const { closedDuring } = surroundings;
    return ways.legs(stops, mode, closedDuring(start, end)) ?? "closed";
  };
}
