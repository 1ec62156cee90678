import type { H3Cell } from "#core/geo/cell.ts";
import { type Candidate, type CandidateContext, zoneCandidates } from "#core/patrols/candidate.ts";
import type { Crew } from "#core/patrols/crew.ts";
import { createCrewPlan } from "#core/patrols/crew-plan.ts";
import { type PlanOption, planOptions } from "#core/patrols/option.ts";
import { unitNumbers } from "#core/patrols/roster.ts";
import type { ShiftOccurrence } from "#core/patrols/shift.ts";
import type { Travel } from "#core/patrols/travel.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";

/** An edge zone to which reports seem to have moved, and its patrol zones, the busiest first. */
export interface WatchedEdge {
  readonly neighbour: string;
  readonly zones: readonly { readonly zone: H3Cell; readonly cells: readonly H3Cell[] }[];
}

export interface WatchWindow {
  readonly candidate: Candidate;
  readonly unit: number;
}

/** The busiest places of an edge are looked at; beyond them hardly anything was reported. */
export const zonesPerEdge = 3;

/**
 * A window a day in each watched edge, where its best three places are worth most, whether or not that
 * would be enough for a patrol elsewhere: it is there to see. It keeps every other rule.
 */
export function watchWindows(
  edges: readonly WatchedEdge[],
  given: {
    readonly shifts: readonly {
      readonly shift: ShiftOccurrence;
      readonly modes: readonly PatrolMode[];
    }[];
    readonly crews: readonly Crew[];
    readonly context: CandidateContext;
    readonly travel: Travel;
  },
): WatchWindow[] {
  const { shifts, crews, travel } = given;
  const context = { ...given.context, floor: { passes: () => true } };
  const chosen: PlanOption[] = [];
  for (const { zones } of edges) {
    const candidates = zones
      .slice(0, zonesPerEdge)
      .flatMap(({ zone, cells }) => zoneCandidates(zone, cells, shifts, context).candidates);
    const options = planOptions(candidates, crews, travel);
    for (const date of new Set(shifts.map(({ shift }) => shift.date))) {
      const best = bestOf(date, options, chosen, travel);
      if (best) chosen.push(best);
    }
  }
  const { numbers } = unitNumbers(chosen, travel);
  return chosen.flatMap((option) => {
    const unit = numbers.get(option);
    return unit === undefined ? [] : [{ candidate: option.candidate, unit }];
  });
}

/** The most valuable one of the day for which some unit has room beside those that are chosen. */
function bestOf(
  date: string,
  options: readonly PlanOption[],
  chosen: readonly PlanOption[],
  travel: Travel,
): PlanOption | null {
  const ofDay = options
    .filter(({ candidate }) => candidate.shift.date === date)
    .sort((a, b) => b.candidate.value - a.candidate.value || a.candidate.start - b.candidate.start);
  // Two borders may share a corner: once a day is enough there.
  const seen = new Set(
    chosen
      .filter(({ candidate }) => candidate.shift.date === date)
      .flatMap(({ candidate }) => candidate.stops.map(({ cell }) => cell)),
  );
  for (const option of ofDay) {
    const isSeen = option.candidate.stops.some(({ cell }) => seen.has(cell));
    const all = [...chosen, option];
    const plan = createCrewPlan(all, new Float64Array(all.length), travel);
    if (!isSeen && plan.clash([...all.keys()]) === null) return option;
  }
  return null;
}
