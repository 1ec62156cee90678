import { groupBy } from "#core/group-by.ts";
import { type Interval, merged } from "#core/patrols/ground/closed-time.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import { minuteMs } from "#core/time/zone.ts";

/** So long after *Arrived* a *Leave* is believed; later a person is asked, for it may have been forgotten. */
export function sureMs({ arrive, depart }: Pick<Visit, "arrive" | "depart">): number {
  const planned = depart - arrive;
  return planned + Math.max(planned, 15 * minuteMs);
}

/** A unit at a stop of its window, as tapped; instants in epoch milliseconds. */
export interface Stay {
  readonly windowId: string;
  readonly unit: number;
  readonly patrolPartner: string | null;
  readonly arrive: number;
  /** Null while the unit is there, and where nobody said when it left: then it has no minutes. */
  readonly leave: number | null;
  /** What was planned of its stop. */
  readonly stop: Visit;
}

export type EndedStay = Stay & Interval;

/**
 * From arrival to *Leave*, for who was where and for limits of visits. Without it until the same unit arrives at another
 * stop, and no longer than was planned.
 */
export function endedStays<Kind extends Stay>(
  stays: readonly Kind[],
  now: number,
): (Kind & Interval)[] {
  const ofUnit = groupBy(stays, ({ unit, patrolPartner }) => `${unit} ${patrolPartner ?? ""}`);
  return [...ofUnit.values()].flatMap((own) =>
    own.map((stay) => {
      const { arrive, stop } = stay;
      const next = own
        .filter((other) => other.arrive >= arrive && !isAt(other, stay))
        .map((other) => other.arrive);
      const planned = arrive + stop.depart - stop.arrive;
      const end = stay.leave ?? Math.min(planned, Math.max(now, arrive), ...next);
      return { ...stay, from: arrive, to: end };
    }),
  );
}

const isAt = (one: Stay, other: Stay) =>
  one.windowId === other.windowId && one.stop.cell === other.stop.cell;

/** Of one unit at one stop, of however many phones: each time once. Where nobody said when it left, none. */
export const timeAt = (stays: readonly EndedStay[]): Interval[] =>
  merged(stays.filter(({ leave }) => leave !== null).map(({ from, to }) => ({ from, to })));

/** At one place, by whoever: units that are there together are one visit. */
export const visitsIn = (stays: readonly Interval[]): number => merged(stays).length;

/**
 * Visits beside those planned, which count towards the same limits: a stop that was walked stands
 * for the first visit of its stays, whenever that was.
 */
export function visitsBeside(
  planned: readonly { readonly id: string; readonly stops: readonly Visit[] }[],
  stays: readonly EndedStay[],
): Visit[] {
  const open = new Set(
    planned.flatMap(({ id, stops }) => stops.map(({ cell }) => `${id} ${cell}`)),
  );
  const atPlace = groupBy(stays, ({ stop }) => stop.cell);
  return [...atPlace].flatMap(([cell, own]) =>
    merged(own).flatMap(({ from, to }) => {
      const stops = new Set(
        own
          .filter((stay) => stay.from <= to && stay.to >= from)
          .map(({ windowId }) => `${windowId} ${cell}`),
      );
      const isPlanned = [...stops].filter((stop) => open.delete(stop)).length > 0;
      return isPlanned ? [] : [{ cell, arrive: from, depart: to }];
    }),
  );
}
