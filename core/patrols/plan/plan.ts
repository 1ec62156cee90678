import type { H3Cell } from "#core/geo/cell.ts";
import type { ArrivalHistory } from "#core/patrols/arrival-times/unpredictability.ts";
import { type VariationGround, variationGround } from "#core/patrols/arrival-times/variants.ts";
import { type Candidate, zoneCandidates } from "#core/patrols/candidates/candidate.ts";
import type { Credit } from "#core/patrols/candidates/credit.ts";
import { createFloor, leastWorth } from "#core/patrols/candidates/floor.ts";
import { type PlanOption, planOptions } from "#core/patrols/candidates/option.ts";
import { type Demand, forecastDemand } from "#core/patrols/demand/demand.ts";
import { createCrews, type PlanStaffing } from "#core/patrols/duty/crew.ts";
import type { Neighbourhood } from "#core/patrols/forecast/cell-shares.ts";
import { createDoseLedger } from "#core/patrols/ground/dose.ts";
import { type PatrolSettings, patrolDefaults } from "#core/patrols/ground/settings.ts";
import type { Shift, ShiftOccurrence } from "#core/patrols/ground/shift.ts";
import type { StreetTimes } from "#core/patrols/ground/street-times.ts";
import type { ClosedStretch, PatrolWindow, Visit } from "#core/patrols/ground/window.ts";
import {
  type PlanGround,
  planGround,
  shiftModes,
  unitsIn,
  watchedEdges,
  zonesFor,
} from "#core/patrols/plan/plan-ground.ts";
import { type EdgeCells, type WatchWindow, watchWindows } from "#core/patrols/plan/watch.ts";
import { type CrewPlan, createCrewPlan } from "#core/patrols/solve/crew-plan.ts";
import { addGreedily } from "#core/patrols/solve/greedy.ts";
import type { Packing } from "#core/patrols/solve/packing.ts";
import { planRows } from "#core/patrols/solve/rows.ts";
import { createTravel, type Travel } from "#core/patrols/walk/travel.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { isSexWorkSighting } from "#core/records/event.ts";
import type { UnknownMonth } from "#core/records/unknown-months.ts";
import {
  dayMs,
  formatLocalDate,
  hourMs,
  minuteMs,
  parseLocalDate,
  type Zone,
} from "#core/time/zone.ts";

export interface PlanRequest {
  readonly from: string;
  readonly days: number;
  readonly units: number;
  readonly shifts: readonly Shift[];
  readonly seed: number;
}

export interface PlanFrame {
  readonly request: PlanRequest;
  readonly earliest: number;
  /** No window ends after this: a last shift that runs past it is planned up to it; null for no such end. */
  readonly latest: number | null;
  readonly closed: readonly ClosedStretch[];
  readonly agreed: readonly PatrolWindow[];
  /** Null if none is recorded. */
  readonly staffing: PlanStaffing | null;
  /** Edge zones under alert, visited every day. */
  readonly watch: readonly EdgeCells[];
  readonly settings: Partial<Pick<PatrolSettings, "dwellMinutes">>;
  readonly visits: readonly Visit[];
  /** Approved arrivals of earlier weeks: arrival times are then varied. Null: left as they are. */
  readonly history?: ArrivalHistory | null;
}

export interface PlanReports {
  /** The start of a London day: only events that lie wholly before it are used. */
  readonly asAt: number;
  readonly columns: EventColumns;
  /** Resolution 10. */
  readonly study: Neighbourhood;
  /** Excluded from training. */
  readonly unknown?: readonly UnknownMonth[];
}

/** All that a plan depends on: equal input gives an equal plan. */
export type PlanInput = PlanFrame & PlanReports;

export interface PreparedPlan {
  /** Least worth of a window. */
  readonly least: number;
  readonly options: readonly PlanOption[];
  readonly crewPlan: CrewPlan;
  readonly travel: Travel;
  readonly watch: readonly WatchWindow[];
  readonly packing: Packing;
  /** Unit minutes that each option takes. */
  readonly minutes: Float64Array;
  /** The greedy plan, as option indices. */
  readonly greedy: readonly number[];
  readonly shifts: readonly ShiftOccurrence[];
  readonly demand: Demand;
  readonly credit: Credit;
  readonly days: number;
  readonly seed: number;
  /** Starts of shifts where all on duty are planned already. */
  readonly occupied: ReadonlySet<number>;
  /** Starts of shifts without any unit. */
  readonly offDuty: ReadonlySet<number>;
  /** Starts of shifts whose possible windows are all below the floor. */
  readonly belowFloor: ReadonlySet<number>;
  readonly expectedTotal: number;
  /** The basis for varying arrival times; null where not asked for. */
  readonly variation: VariationGround | null;
}

/** Of a plan that may only take away from an earlier one, on ground whose credit is less. */
export interface PlanLimit {
  /** Most visits over the whole plan, by cell: none to a cell without an entry. */
  readonly most: ReadonlyMap<H3Cell, number>;
  /** Stay as they were. */
  readonly watch: readonly WatchWindow[];
  readonly least: number;
  /** A window's worth by the earlier plan's credit, which `least` is about. */
  readonly worthOf: (stops: readonly Visit[]) => number;
}

/** What the search needs of a prepared plan. */
export type SearchedPlan = Pick<
  PreparedPlan,
  "options" | "crewPlan" | "travel" | "packing" | "minutes" | "greedy" | "seed"
>;

export function demandFor({ columns, ...reports }: PlanReports, zone: Zone): Demand {
  return forecastDemand(columns, { zone, ...reports });
}

/** Expected sightings of street sex work, forecast like reports. */
export function sightingsFor({ columns, ...reports }: PlanReports, zone: Zone): Demand {
  return forecastDemand(columns, { zone, ...reports, counts: isSexWorkSighting });
}

/** All steps before the solver: candidates, the model, the greedy plan. */
export function planForDemand(
  demand: Demand,
  input: PlanFrame,
  zone: Zone,
  settings: PatrolSettings = patrolDefaults,
  given: {
    readonly ground?: PlanGround;
    /** What `streetNeeds` asked for; none: as the crow flies. */
    readonly streets?: StreetTimes | null;
    readonly limit?: PlanLimit;
  } = {},
): PreparedPlan {
  const { request } = input;
  const { ground = planGround(demand, input, zone, settings), streets = null, limit } = given;
  const { shifts, closed, credit } = ground;
  const floorOf = (least: number) => createFloor(demand, zone, settings, least, limit?.worthOf);
  const base = {
    zone,
    closed,
    credit,
    dose: createDoseLedger(input.visits, zone, settings),
    seed: request.seed,
    earliest: input.earliest,
    latest: input.latest,
    settings,
    floor: floorOf(limit?.least ?? 0),
    streets,
    most: limit?.most,
  };
  const travel = createTravel(settings, streets);
  const who = { shifts, units: request.units, staffing: input.staffing };
  const free = createCrews({ ...who, agreed: input.agreed }, settings);
  const watch =
    limit?.watch ??
    watchWindows(watchedEdges(input.watch, demand), {
      // Alerts are the police's to look at.
      shifts: shifts.map((shift) => ({ ...shiftModes(free, shift), partners: [] })),
      crews: free.filter(({ squad }) => !squad),
      context: base,
      travel,
    });
  // Watch windows are fixed before anything else is chosen, like agreed ones.
  const agreed = [...input.agreed, ...watch.map(({ candidate, unit }) => ({ ...candidate, unit }))];
  const watched = watch.flatMap(({ candidate }) => candidate.stops);
  const dose = createDoseLedger([...input.visits, ...watched], zone, settings);
  const context = { ...base, dose };
  const crews = createCrews({ ...who, agreed }, settings);
  const modes = shifts.map((shift) => shiftModes(crews, shift));
  const units = Math.max(0, ...shifts.map((shift) => unitsIn(crews, shift)));
  const zones = zonesFor(ground, units, settings);
  const ofZones = zones.map(({ zone: cell, cells }) => zoneCandidates(cell, cells, modes, context));
  const timely = ofZones.flatMap((one) => one.candidates);
  const least = limit?.least ?? leastWorth(timely, settings);
  const candidates = limit ? timely : timely.filter(({ value }) => value >= least);
  const options = planOptions(candidates, crews, travel);
  const values = Float64Array.from(options, (option) => option.candidate.value);
  const packing = { values, rows: planRows(options, context) };
  const crewPlan = createCrewPlan(options, values, travel);
  const offered = new Set(options.map(({ candidate }) => candidate.shift.start));
  // Windows were possible, but all available units are already taken.
  const wanted = new Set(candidates.map(({ shift }) => shift.start));
  const occupied = shifts.filter(({ start, end }) => {
    const isTaken = agreed.some((window) => window.start < end && start < window.end);
    return isTaken && wanted.has(start) && !offered.has(start);
  });
  const minutes = Float64Array.from(options, ({ candidate }) => unitMinutes(candidate, settings));
  return {
    least,
    options,
    packing,
    minutes,
    crewPlan,
    travel,
    watch,
    greedy: addGreedily(packing, minutes, [], crewPlan.admission([])),
    shifts,
    demand,
    credit,
    days: request.days,
    seed: request.seed,
    occupied: new Set(occupied.map(({ start }) => start)),
    offDuty: new Set(
      shifts.filter((shift) => unitsIn(crews, shift) === 0).map(({ start }) => start),
    ),
    belowFloor: new Set([
      ...ofZones.flatMap((one) => [...one.belowFloor]),
      ...timely.filter(({ value }) => value < least).map(({ shift }) => shift.start),
    ]),
    expectedTotal: expectedOver(demand, zone, request),
    variation: input.history
      ? variationGround({ ...context, floor: floorOf(least) }, zones, {
          shifts: request.shifts,
          history: input.history,
          standing: watched,
        })
      : null,
  };
}

function unitMinutes({ start, end }: Candidate, settings: PatrolSettings): number {
  return (end - start) / minuteMs + settings.restMinutes + settings.travelMinutes / 3;
}

export function expectedOver(
  demand: Demand,
  zone: Zone,
  span: { readonly from: string; readonly days: number },
): number {
  const end = zone.startOfDate(formatLocalDate(parseLocalDate(span.from) + span.days * dayMs));
  let expected = 0;
  for (let at = zone.startOfDate(span.from); at < end; at += hourMs) {
    expected += demand.week[zone.hourOfWeek(at)] ?? 0;
  }
  return expected;
}
