import { disk, type H3Cell } from "#core/geo/cell.ts";
import {
  type Candidate,
  type CandidateContext,
  zoneCandidates,
} from "#core/patrols/candidates/candidate.ts";
import { type PlanOption, planOptions } from "#core/patrols/candidates/option.ts";
import type { Crew } from "#core/patrols/duty/crew.ts";
import type { ShiftOccurrence } from "#core/patrols/ground/shift.ts";
import { createCrewPlan } from "#core/patrols/solve/crew-plan.ts";
import { unitNumbers } from "#core/patrols/solve/roster.ts";
import type { Travel } from "#core/patrols/walk/travel.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import { dateName } from "#core/time/words.ts";

export interface EdgeCells {
  readonly neighbour: string;
  /** The line runs between two boroughs of the command. */
  readonly isInternal: boolean;
  readonly cells: readonly H3Cell[];
  /** London date that an alert is open from; null where only an assessment says so. */
  readonly since: string | null;
}

export interface WatchedEdge {
  readonly neighbour: string;
  readonly zones: readonly { readonly zone: H3Cell; readonly cells: readonly H3Cell[] }[];
}

export interface WatchWindow {
  readonly candidate: Candidate;
  readonly unit: number;
}

/** The busiest zones of an edge; beyond them hardly anything was reported. */
export const zonesPerEdge = 3;

/**
 * One window a day in each watched edge, at its best three places, even below the least worth of
 * other patrols: its purpose is observation. All other rules apply.
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

function bestOf(
  date: string,
  options: readonly PlanOption[],
  chosen: readonly PlanOption[],
  travel: Travel,
): PlanOption | null {
  const ofDay = options
    .filter(({ candidate }) => candidate.shift.date === date)
    .sort((a, b) => b.candidate.value - a.candidate.value || a.candidate.start - b.candidate.start);
  // Two borders may share a corner: one window a day is enough there.
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

/** A running alert in an edge zone, not handed over. */
export interface EdgeAlert {
  readonly neighbour: string;
  readonly cells: readonly H3Cell[];
  /** London date on which it was raised. */
  readonly since: string;
}

/** About 260 m around a cell with reports. */
const ringsAround = 2;

/**
 * Edges to watch: whole where an assessment found a rise; around its cells where there is an alert.
 * Only the command's own cells; where an alert lies wholly beyond the line, the own side of that
 * edge.
 */
export function watchedEdgeCells(input: {
  readonly edgeZones: readonly EdgeZone[];
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
