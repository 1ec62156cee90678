import type { ArrivalHistory } from "#core/patrols/arrival-times/unpredictability.ts";
import {
  type VariationGround,
  variationGround,
} from "#core/patrols/arrival-times/variation-ground.ts";
import { type Candidate, zoneCandidates } from "#core/patrols/candidate.ts";
import type { Credit } from "#core/patrols/credit.ts";
import { createCrews, type PlanStaffing } from "#core/patrols/crew.ts";
import { type CrewPlan, createCrewPlan } from "#core/patrols/crew-plan.ts";
import { type Demand, forecastDemand } from "#core/patrols/demand/demand.ts";
import { createDoseLedger } from "#core/patrols/dose.ts";
import { createFloor, leastWorth } from "#core/patrols/floor.ts";
import type { Neighbourhood } from "#core/patrols/forecast/cell-shares.ts";
import { addGreedily } from "#core/patrols/greedy.ts";
import { type PlanOption, planOptions } from "#core/patrols/option.ts";
import type { Packing } from "#core/patrols/packing.ts";
import {
  modesOf,
  type PlanGround,
  planGround,
  unitsIn,
  watchedEdges,
  zonesFor,
} from "#core/patrols/plan-ground.ts";
import { planRows } from "#core/patrols/rows.ts";
import { type PatrolSettings, patrolDefaults } from "#core/patrols/settings.ts";
import type { Shift, ShiftOccurrence } from "#core/patrols/shift.ts";
import type { StreetTimes } from "#core/patrols/streets/street-times.ts";
import { createTravel, type Travel } from "#core/patrols/travel.ts";
import { type EdgeCells, type WatchWindow, watchWindows } from "#core/patrols/watch.ts";
import type { ClosedStretch, PatrolWindow, Visit } from "#core/patrols/window.ts";
import type { EventColumns } from "#core/records/columns.ts";
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

/** What a plan is made for and around. */
export interface PlanFrame {
  readonly request: PlanRequest;
  /** No window starts before this. */
  readonly earliest: number;
  /** No window ends after this: a last shift that runs past it is planned up to it; null for no such end. */
  readonly latest: number | null;
  /** Protected time of the whole period. */
  readonly closed: readonly ClosedStretch[];
  /** Windows that stand and take units. */
  readonly agreed: readonly PatrolWindow[];
  /** Who is on duty; null where nobody said. */
  readonly staffing: PlanStaffing | null;
  /** Edge zones under alert, which are looked at every day. */
  readonly watch: readonly EdgeCells[];
  /** What was asked for instead of what is usual. */
  readonly settings: Partial<Pick<PatrolSettings, "dwellMinutes">>;
  /** Visits that count towards the caps: agreed and logged. */
  readonly visits: readonly Visit[];
  /** Approved arrivals of the weeks before: arrival times are then varied on purpose. None: they are left as they are. */
  readonly history?: ArrivalHistory | null;
}

/** What demand is forecast from. */
export interface PlanReports {
  /** The start of a London day: only events that lie wholly before it are used. */
  readonly asAt: number;
  readonly columns: EventColumns;
  /** Resolution 10. */
  readonly study: Neighbourhood;
  /** Of which nothing is learnt. */
  readonly unknown?: readonly UnknownMonth[];
}

/** All that a plan depends on: equal input gives an equal plan. */
export type PlanInput = PlanFrame & PlanReports;

export interface PreparedPlan {
  readonly options: readonly PlanOption[];
  /** What a crew's units can do between them, beyond the rows of the packing. */
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
  /** Starts of shifts in which whoever is on duty is planned already. */
  readonly occupied: ReadonlySet<number>;
  /** Starts of shifts for which no unit is there at all. */
  readonly offDuty: ReadonlySet<number>;
  /** Starts of shifts in which something could be planned that is not worth a window. */
  readonly belowFloor: ReadonlySet<number>;
  /** Expected reports in the whole command over the plan's days. */
  readonly expectedTotal: number;
  /** What arrival times are varied from; null where nobody asked for it. */
  readonly variation: VariationGround | null;
}

/** The forecast that a plan stands on. */
export function demandFor({ columns, ...reports }: PlanReports, zone: Zone): Demand {
  return forecastDemand(columns, { zone, ...reports });
}

/** Everything up to the solver from a forecast by cell and hour of the week: candidates, the model, the greedy plan. */
export function planForDemand(
  demand: Demand,
  input: PlanFrame,
  zone: Zone,
  settings: PatrolSettings = patrolDefaults,
  given: {
    /** Where it was made already. */
    readonly ground?: PlanGround;
    /** What `streetNeeds` asked for; none: as the crow flies. */
    readonly streets?: StreetTimes | null;
  } = {},
): PreparedPlan {
  const { request } = input;
  const { ground = planGround(demand, input, zone, settings), streets = null } = given;
  const { shifts, closed, credit } = ground;
  const base = {
    zone,
    closed,
    credit,
    dose: createDoseLedger(input.visits, zone, settings),
    seed: request.seed,
    earliest: input.earliest,
    latest: input.latest,
    settings,
    floor: createFloor(demand, zone, settings),
    streets,
  };
  const travel = createTravel(settings, streets);
  const who = { shifts, units: request.units, staffing: input.staffing };
  const free = createCrews({ ...who, agreed: input.agreed }, settings);
  const watch = watchWindows(watchedEdges(input.watch, demand), {
    shifts: shifts.map((shift) => ({ shift, modes: modesOf(free, shift) })),
    crews: free,
    context: base,
    travel,
  });
  // What is watched stands before anything else is chosen, as what is agreed does.
  const agreed = [...input.agreed, ...watch.map(({ candidate, unit }) => ({ ...candidate, unit }))];
  const watched = watch.flatMap(({ candidate }) => candidate.stops);
  const dose = createDoseLedger([...input.visits, ...watched], zone, settings);
  const context = { ...base, dose };
  const crews = createCrews({ ...who, agreed }, settings);
  const shiftModes = shifts.map((shift) => ({ shift, modes: modesOf(crews, shift) }));
  const units = Math.max(0, ...shifts.map((shift) => unitsIn(crews, shift)));
  const zones = zonesFor(ground, units, settings);
  const ofZones = zones.map(({ zone: cell, cells }) =>
    zoneCandidates(cell, cells, shiftModes, context),
  );
  const timely = ofZones.flatMap((one) => one.candidates);
  const least = leastWorth(timely, settings);
  const candidates = timely.filter(({ value }) => value >= least);
  const options = planOptions(candidates, crews, travel);
  const values = Float64Array.from(options, (option) => option.candidate.value);
  const packing = { values, rows: planRows(options, context) };
  const crewPlan = createCrewPlan(options, values, travel);
  const offered = new Set(options.map(({ candidate }) => candidate.shift.start));
  // Something could be planned, and those who could go have windows there already.
  const wanted = new Set(candidates.map(({ shift }) => shift.start));
  const occupied = shifts.filter(({ start, end }) => {
    const isTaken = agreed.some((window) => window.start < end && start < window.end);
    return isTaken && wanted.has(start) && !offered.has(start);
  });
  const minutes = Float64Array.from(options, ({ candidate }) => unitMinutes(candidate, settings));
  return {
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
      ? variationGround({ ...context, floor: createFloor(demand, zone, settings, least) }, zones, {
          shifts: request.shifts,
          history: input.history,
          standing: watched,
        })
      : null,
  };
}

/** The window, and what a unit is taken for beside it: its rest and a short way. */
function unitMinutes({ start, end }: Candidate, settings: PatrolSettings): number {
  return (end - start) / minuteMs + settings.restMinutes + settings.travelMinutes / 3;
}

/** Expected reports in the whole command over these days. */
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
