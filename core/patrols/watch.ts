import { disk, type H3Cell } from "#core/geo/cell.ts";
import { type Candidate, type CandidateContext, zoneCandidates } from "#core/patrols/candidate.ts";
import type { Crew } from "#core/patrols/crew.ts";
import { createCrewPlan } from "#core/patrols/crew-plan.ts";
import { type PlanOption, planOptions } from "#core/patrols/option.ts";
import { unitNumbers } from "#core/patrols/roster.ts";
import type { ShiftOccurrence } from "#core/patrols/shift.ts";
import type { Travel } from "#core/patrols/travel.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import { dateName } from "#core/time/words.ts";

/** What of an edge zone is looked at. */
export interface EdgeCells {
  readonly neighbour: string;
  /** The line runs between two boroughs of the command. */
  readonly isInternal: boolean;
  /** Cells of the command beside the border. */
  readonly cells: readonly H3Cell[];
  /** London date from which an alert stands there; null where an assessment alone says so. */
  readonly since: string | null;
}

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

/** An alert in an edge zone that still goes on and that nobody has handed over. */
export interface EdgeAlert {
  readonly neighbour: string;
  readonly cells: readonly H3Cell[];
  /** London date on which it was raised. */
  readonly since: string;
}

/** About 260 m around a cell with reports. */
const ringsAround = 2;

/**
 * Edges to be looked at: those that an assessment says reports rose in, whole, and those with an alert, of
 * which the cells around it. Of the command's own cells alone; where an alert lies beyond the line altogether,
 * the own side of that edge.
 */
export function watchedEdgeCells(input: {
  readonly edgeZones: readonly EdgeZone[];
  /** Neighbours beside whom reports rose. */
  readonly risen: ReadonlySet<string>;
  readonly alerts: readonly EdgeAlert[];
  readonly isOwn: (cell: H3Cell) => boolean;
}): EdgeCells[] {
  const { edgeZones, risen, alerts, isOwn } = input;
  return edgeZones.flatMap((edge): EdgeCells[] => {
    const { neighbour, inner, outer, isInternal } = edge;
    const own = (isInternal ? [...inner, ...outer] : inner).filter(isOwn);
    const here = alerts.filter((alert) => alert.neighbour === neighbour);
    const name = { neighbour, isInternal };
    if (here.length > 0) {
      const near = new Set(
        here.flatMap(({ cells }) => cells.flatMap((cell) => disk(cell, ringsAround))),
      );
      const around = own.filter((cell) => near.has(cell));
      const [since = null] = here.map((alert) => alert.since).sort();
      return [{ ...name, cells: around.length > 0 ? around : own, since }];
    }
    return risen.has(neighbour) ? [{ ...name, cells: own, since: null }] : [];
  });
}

/** Why a window lies in a watched edge; `stops` are its cells. */
export function watchReason(stops: readonly H3Cell[], edges: readonly EdgeCells[]): string {
  const edge = edges.find(({ cells }) => stops.some((stop) => cells.includes(stop)));
  if (!edge || edge.since === null) {
    return "Reports rose beside this boundary after an operation. Check whether the problem moved here.";
  }
  const line = edge.isInternal
    ? `the ${edge.neighbour} boundary`
    : `boundary with ${edge.neighbour}`;
  return `Watch stop: ${line} under alert since ${dateName(edge.since).slice(0, -5)}. Check whether the problem moved here.`;
}
