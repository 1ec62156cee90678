import type { H3Cell } from "#core/geo/cell.ts";
import { onceBy } from "#core/once-for.ts";
import type { Demand } from "#core/patrols/demand/demand.ts";
import { weekRate } from "#core/patrols/demand/reach-interval.ts";
import { hoursOfWeek } from "#core/patrols/demand/week-shape.ts";
import type { PatrolSettings } from "#core/patrols/ground/settings.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";

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
 * Worth: see `leastWorth`.
 */
export function createFloor(
  demand: Demand,
  zone: Zone,
  settings: PatrolSettings,
  least = 0,
  /** Of a window, where its value is not what it is worth. */
  worthOf?: (stops: readonly Visit[]) => number,
): WindowFloor {
  const meanHour = createMeanHour(demand, zone);
  return {
    passes: ({ start, end, stops }, value) =>
      (worthOf?.(stops) ?? value) >= least &&
      meanHour.times(
        stops.map((stop) => stop.cell),
        start,
        end,
      ) >=
        // With no known hour all are alike, up to rounding.
        settings.leastTimesMeanHour - 1e-9,
  };
}

/**
 * Least expected reports of a window: a fifty-second of a report, so that the same window every
 * week of a year meets one, or a quarter of the best window's if less. Each visit spends dose on a
 * street and takes a unit from other duty; but where reports are sparse or without a time of day no
 * window reaches much, and the best available still counts.
 */
export function leastWorth(
  candidates: readonly { readonly value: number }[],
  { leastExpected, leastOfBest }: PatrolSettings,
): number {
  const best = candidates.reduce((most, { value }) => Math.max(most, value), 0);
  return Math.min(leastExpected, leastOfBest * best);
}

export interface MeanHour {
  /** 2 where the hours of [start, end) bring twice what the mean hour does; 0 where nothing is expected at all. */
  readonly times: (cells: readonly H3Cell[], start: number, end: number) => number;
}

const stepMs = 15 * minuteMs;

/** Shared by the model's floor and the sentences, so that they never disagree. */
export function createMeanHour(demand: Demand, zone: Zone): MeanHour {
  const indexOf = new Map(demand.cells.map((cell, index) => [cell, index] as const));
  const weekOf = onceBy((index: number) => weekRate(demand, index));
  return {
    times: (cells, start, end) => {
      const hours: number[] = [];
      for (let at = start; at < end; at += stepMs) hours.push(zone.hourOfWeek(at));
      let inWindow = 0;
      let inWeek = 0;
      for (const cell of cells) {
        const index = indexOf.get(cell);
        if (index === undefined) continue;
        inWeek += weekOf(index);
        for (const hour of hours) inWindow += demand.rates[index * hoursOfWeek + hour] ?? 0;
      }
      return inWeek > 0 && hours.length > 0 ? (inWindow / hours.length / inWeek) * hoursOfWeek : 0;
    },
  };
}
