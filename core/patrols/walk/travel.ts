import { cellCentre, type H3Cell, metresBetween } from "#core/geo/cell.ts";
import { streetMinutes } from "#core/patrols/ground/leg.ts";
import type { PatrolSettings } from "#core/patrols/ground/settings.ts";
import { movementOf, slowness } from "#core/patrols/ground/squad.ts";
import type { StreetTimes } from "#core/patrols/ground/street-times.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import { minuteMs } from "#core/time/zone.ts";

/** The part of a window that decides whether its unit can come from or reach another. */
export interface Placed {
  readonly zone: H3Cell;
  readonly start: number;
  readonly end: number;
  readonly stops: readonly Visit[];
}

type TravelSettings = Pick<PatrolSettings, "modes" | "detour" | "restMinutes">;

/** Minutes between places, by street or by true distance, and by mode. */
export interface Travel {
  /** Between two windows, besides travel. */
  readonly restMinutes: number;
  readonly minutes: (from: H3Cell, to: H3Cell, mode: PatrolMode, kmh?: number | null) => number;
  /** Whether one unit can have `next` after `before`, with rest and travel between. */
  readonly mayFollow: (
    before: Placed,
    next: Placed,
    mode: PatrolMode,
    kmh?: number | null,
  ) => boolean;
  /** Whether one unit can have both, in whichever order. */
  readonly mayShare: (a: Placed, b: Placed, mode: PatrolMode, kmh?: number | null) => boolean;
}

export function createTravel(settings: TravelSettings, streets: StreetTimes | null = null): Travel {
  const metres = new Map<H3Cell, Map<H3Cell, number>>();
  const metresFrom = (from: H3Cell, to: H3Cell) => {
    let known = metres.get(from);
    if (!known) {
      known = new Map();
      metres.set(from, known);
    }
    let distance = known.get(to);
    if (distance === undefined) {
      distance = metresBetween(cellCentre(from), cellCentre(to));
      known.set(to, distance);
    }
    return distance;
  };
  const minutes: Travel["minutes"] = (from, to, mode, kmh) => {
    if (from === to) return 0;
    const movement = movementOf(settings.modes, mode, kmh);
    const seconds = streets?.between(from, to, mode) ?? Infinity;
    if (seconds < Infinity) {
      return streetMinutes(seconds * slowness(settings.modes, mode, kmh), movement);
    }
    const way = (metresFrom(from, to) * settings.detour * 60) / (movement.kmh * 1000);
    return Math.ceil(way) + movement.setUpMinutes;
  };
  const mayFollow: Travel["mayFollow"] = (before, next, mode, kmh) => {
    const between = next.start - before.end - settings.restMinutes * minuteMs;
    if (between < 0) return false;
    const from = before.stops.at(-1)?.cell ?? before.zone;
    const to = next.stops[0]?.cell ?? next.zone;
    return minutes(from, to, mode, kmh) * minuteMs <= between;
  };
  return {
    restMinutes: settings.restMinutes,
    minutes,
    mayFollow,
    mayShare: (a, b, mode, kmh) =>
      a.start <= b.start ? mayFollow(a, b, mode, kmh) : mayFollow(b, a, mode, kmh),
  };
}
