import type { H3Cell } from "#core/geo/cell.ts";
import {
  halfHourMs,
  halfHourOf,
  permittedHalfHours,
} from "#core/patrols/arrival-times/half-hours.ts";
import type { Arrival, ArrivalHistory } from "#core/patrols/arrival-times/unpredictability.ts";
import type { Candidate, CandidateContext } from "#core/patrols/candidate.ts";
import type { Shift } from "#core/patrols/shift.ts";
import { minuteMs } from "#core/time/zone.ts";

/** What arrival times are varied from and by. */
export interface VariationGround {
  /** What candidates were made by: the same rules judge what takes their place. */
  readonly context: CandidateContext;
  /** The stops that a patrol zone has. */
  readonly cellsOf: ReadonlyMap<H3Cell, readonly H3Cell[]>;
  /** Arrivals that stand, of the weeks before and of these days. */
  readonly standing: readonly Arrival[];
  /** Half-hours that a score counts as permitted: of the shifts of all these weeks. */
  readonly permitted: readonly number[];
  /** Half-hours of the day in which a stop in the zone can begin at all, by the windows that it has. */
  readonly openIn: (zone: H3Cell) => readonly number[];
}

export function variationGround(
  context: CandidateContext,
  zones: readonly { readonly zone: H3Cell; readonly cells: readonly H3Cell[] }[],
  given: {
    readonly shifts: readonly Shift[];
    readonly history: ArrivalHistory;
    /** Of the plan, those that are worth it alone. */
    readonly candidates: readonly Candidate[];
    /** Of these days, chosen before anything else. */
    readonly standing: readonly Arrival[];
  },
): VariationGround {
  const own = permittedHalfHours(given.shifts);
  return {
    context,
    cellsOf: new Map(zones.map(({ zone, cells }) => [zone, cells] as const)),
    standing: [...given.history.arrivals, ...given.standing],
    permitted: [...new Set([...own, ...given.history.halfHours])].sort((a, b) => a - b),
    openIn: openHalfHours(given.candidates, context),
  };
}

/** From the start of each window to the last time at which a stop still fits in. */
function openHalfHours(
  candidates: readonly Candidate[],
  { zone, settings }: CandidateContext,
): (zone: H3Cell) => readonly number[] {
  const found = new Map<H3Cell, Set<number>>();
  for (const { zone: place, start, end } of candidates) {
    const own = found.get(place) ?? new Set();
    found.set(place, own);
    const last = end - settings.dwellMinutes * minuteMs;
    for (let at = start; at < last; at += halfHourMs) own.add(halfHourOf(zone, at));
    own.add(halfHourOf(zone, last));
  }
  const sorted = new Map([...found].map(([place, own]) => [place, [...own].sort((a, b) => a - b)]));
  return (place) => sorted.get(place) ?? [];
}
