import { type Demand, weeklyTotal } from "#core/patrols/demand/demand.ts";
import { createMeanHour } from "#core/patrols/mean-hour.ts";
import type { PatrolSettings } from "#core/patrols/settings.ts";
import type { Visit } from "#core/patrols/window.ts";
import type { Zone } from "#core/time/zone.ts";

/** What a window must be worth to be offered at all. */
export interface WindowFloor {
  readonly passes: (
    window: { readonly start: number; readonly end: number; readonly stops: readonly Visit[] },
    value: number,
  ) => boolean;
}

/**
 * A floor in two parts, both on candidates, so that objective, bound and greedy plan are all over the
 * same set and the proven gap stays what it says.
 *
 * Time: the hours of the window bring at least what the mean hour of the week brings at its stops.
 * Hot-spot patrols are for hot times as much as for hot places; a window at a quieter
 * time than usual argues against itself, however busy the place is.
 *
 * Worth: its stops reach at least a thousandth of what the command expects in a week, or a fifty-second
 * of a report where that is less: the same window in every week of a year then meets one. Less is lost in
 * any count, while each visit spends dose on a street and takes a unit from other duty. A share alone
 * would not do: reports elsewhere make no street less worth a visit, and in a command with reports all
 * over no two hours at four stops could reach a thousandth of them.
 */
export function createFloor(demand: Demand, zone: Zone, settings: PatrolSettings): WindowFloor {
  const least = leastWorth(demand, settings);
  const meanHour = createMeanHour(demand, zone);
  return {
    passes: ({ start, end, stops }, value) =>
      value >= least &&
      meanHour.times(
        stops.map((stop) => stop.cell),
        start,
        end,
      ) >=
        // Where no hour is known all are alike, up to rounding.
        settings.leastTimesMeanHour - 1e-9,
  };
}

/** Expected reports that a window must reach. */
export function leastWorth(demand: Demand, settings: PatrolSettings): number {
  return Math.min(settings.leastExpected, settings.leastShareOfWeek * weeklyTotal(demand));
}
