import { type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import { groupBy } from "#core/group-by.ts";
import type { ShiftModes } from "#core/patrols/candidates/candidate.ts";
import { type Credit, createCredit } from "#core/patrols/candidates/credit.ts";
import type { Demand } from "#core/patrols/demand/demand.ts";
import { hoursOfWeek } from "#core/patrols/demand/week-shape.ts";
import type { Crew } from "#core/patrols/duty/crew.ts";
import { type ClosedTime, createClosedTime } from "#core/patrols/ground/closed-time.ts";
import type { PatrolSettings } from "#core/patrols/ground/settings.ts";
import { type Shift, type ShiftOccurrence, shiftOccurrences } from "#core/patrols/ground/shift.ts";
import type { ClosedStretch } from "#core/patrols/ground/window.ts";
import type { WatchedEdge } from "#core/patrols/plan/watch.ts";
import { compareText } from "#core/text/text-order.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";

export interface PlanGround {
  readonly shifts: readonly ShiftOccurrence[];
  readonly closed: ClosedTime;
  readonly credit: Credit;
  /** All with expected reports that earn credit during the shifts, the best first. */
  readonly zones: readonly ZoneWorth[];
}

export interface ZoneWorth {
  readonly zone: H3Cell;
  readonly cells: readonly H3Cell[];
  readonly worth: number;
}

/** Zones considered: in trials with this many units, those beyond were never chosen. */
const mostZones = (units: number) => Math.min(96, 8 + 12 * units);
/** Cap for long plans, to bound memory and time. */
const mostCandidates = 60_000;

interface GroundGiven {
  readonly request: {
    readonly from: string;
    readonly days: number;
    readonly shifts: readonly Shift[];
  };
  /** Protected time of the whole period. */
  readonly closed: readonly ClosedStretch[];
}

export function planGround(
  demand: Demand,
  { request, closed: stretches }: GroundGiven,
  zone: Zone,
  settings: PatrolSettings,
): PlanGround {
  const shifts = shiftOccurrences(zone, request, request.shifts);
  const closed = createClosedTime(stretches);
  const start = Math.min(...shifts.map((shift) => shift.start));
  const end = Math.max(...shifts.map((shift) => shift.end));
  const { reachMinutes } = settings;
  const credit = createCredit(demand, { zone, closed, start, end, reachMinutes });
  return { shifts, closed, credit, zones: worthwhileZones(demand, shifts, credit) };
}

function worthwhileZones(
  demand: Demand,
  shifts: readonly ShiftOccurrence[],
  credit: Credit,
): ZoneWorth[] {
  const cellsOf = groupBy(demand.cells, (cell) => parentCell(cell, zoneResolution));
  const zones = [...cellsOf].map(([zone, cells]) => {
    let worth = 0;
    for (const cell of cells) {
      for (const { start, end } of shifts) worth += credit.expectedIn(cell, start, end);
    }
    return { zone, cells, worth };
  });
  return zones
    .filter(({ worth }) => worth > 0)
    .sort((a, b) => b.worth - a.worth || (a.zone < b.zone ? -1 : 1));
}

export function zonesFor(
  { shifts, zones }: PlanGround,
  units: number,
  settings: PatrolSettings,
): readonly ZoneWorth[] {
  const dutyMs = shifts.reduce((all, { start, end }) => all + end - start, 0);
  const blocksPerZone =
    (dutyMs / (settings.startStepMinutes * minuteMs)) * settings.blockMinutes.length;
  const room = Math.floor(mostCandidates / blocksPerZone);
  return zones.slice(0, Math.max(1, Math.min(mostZones(units), room)));
}

export function watchedEdges(
  edges: readonly { readonly neighbour: string; readonly cells: readonly H3Cell[] }[],
  demand: Demand,
): WatchedEdge[] {
  if (edges.length === 0) return [];
  const busiest = busiestZones(demand);
  const known = new Set(demand.cells);
  return edges.map(({ neighbour, cells }) => {
    const own = groupBy(cells, (cell) =>
      known.has(cell) ? parentCell(cell, zoneResolution) : undefined,
    );
    const zones = busiest.flatMap((place) => {
      const inside = own.get(place);
      return inside ? [{ zone: place, cells: inside }] : [];
    });
    return { neighbour, zones };
  });
}

/** By expected reports in a week, whatever is closed or planned. */
export function busiestZones(demand: Demand): H3Cell[] {
  const week = new Map<H3Cell, number>();
  demand.cells.forEach((cell, index) => {
    const zone = parentCell(cell, zoneResolution);
    let worth = week.get(zone) ?? 0;
    for (let hour = 0; hour < hoursOfWeek; hour += 1) {
      worth += demand.rates[index * hoursOfWeek + hour] ?? 0;
    }
    week.set(zone, worth);
  });
  return [...week]
    .filter(([, worth]) => worth > 0)
    .sort(([a, worth], [b, other]) => other - worth || compareText(a, b))
    .map(([zone]) => zone);
}

export function crewsOf(crews: readonly Crew[], { start, end }: ShiftOccurrence): Crew[] {
  return crews.filter(({ from, to }) => from < end && start < to);
}

export function shiftModes(crews: readonly Crew[], shift: ShiftOccurrence): Required<ShiftModes> {
  const own = crewsOf(crews, shift);
  const police = own.filter(({ squad }) => !squad);
  const partners = own.flatMap(({ mode, squad }) => (squad ? { mode, squad } : []));
  return {
    shift,
    modes: [...new Set(police.map(({ mode }) => mode))].sort(),
    partners: [
      ...new Map(partners.map((one) => [`${one.squad.number} ${one.mode}`, one])).values(),
    ].sort((a, b) => a.squad.number - b.squad.number || compareText(a.mode, b.mode)),
  };
}

export function unitsIn(crews: readonly Crew[], shift: ShiftOccurrence): number {
  return new Set(crewsOf(crews, shift).flatMap(({ units }) => units)).size;
}
