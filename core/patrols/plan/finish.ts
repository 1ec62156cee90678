import type { H3Cell } from "#core/geo/cell.ts";
import type { Candidate } from "#core/patrols/candidates/candidate.ts";
import { createMeanHour, type MeanHour } from "#core/patrols/candidates/floor.ts";
import type { PlanOption } from "#core/patrols/candidates/option.ts";
import type { Demand, ForecastMethod } from "#core/patrols/demand/demand.ts";
import { createReachDoubt, reachedBy } from "#core/patrols/demand/reach-interval.ts";
import type { Crew } from "#core/patrols/duty/crew.ts";
import { type Interval, learntInterval } from "#core/patrols/forecast/interval.ts";
import type { PatrolWindow } from "#core/patrols/ground/window.ts";
import type { PreparedPlan } from "#core/patrols/plan/plan.ts";
import { addGreedily } from "#core/patrols/solve/greedy.ts";
import { packingValue } from "#core/patrols/solve/packing.ts";
import { unitNumbers } from "#core/patrols/solve/roster.ts";
import type { PatrolMode, WindowPurpose } from "#core/patrols/wire/plan.ts";
import type { Zone } from "#core/time/zone.ts";

export interface AssignedWindow {
  readonly candidate: Candidate;
  readonly crew: Crew;
  readonly unit: number;
}

export interface AssignedPlan {
  readonly windows: readonly AssignedWindow[];
  /** Model value less losses of repeat visits, in whole millionths. */
  readonly value: number;
}

export function assignUnits(
  {
    packing,
    minutes,
    crewPlan,
    travel,
    options,
  }: Pick<PreparedPlan, "packing" | "minutes" | "crewPlan" | "travel" | "options">,
  chosen: readonly number[],
): AssignedPlan {
  const filled = addGreedily(packing, minutes, chosen, crewPlan.admission(chosen));
  const all = filled.flatMap((index) => options[index] ?? []);
  const { numbers, dropped } = unitNumbers(all, travel);
  const kept = filled.filter((index) => !dropped.includes(options[index] as PlanOption));
  return {
    windows: kept.flatMap((index) => {
      const option = options[index];
      return option ? [{ ...option, unit: numbers.get(option) ?? 1 }] : [];
    }),
    value: packingValue(packing, kept),
  };
}

export interface WindowFacts {
  /** Reports at its stops in the last weeks. */
  readonly recentReports: number;
  /** Reports at its stops in the weeks that hours are judged by. */
  readonly knownReports: number;
  /** Ratio to the mean hour of the week at its stops. */
  readonly timesMeanHour: number;
}

export interface PlannedWindow extends PatrolWindow {
  readonly mode: PatrolMode;
  readonly purpose: WindowPurpose;
  readonly shiftStart: number;
  readonly shiftEnd: number;
  /** Expected reports that its stops reach. */
  readonly expected: number;
  /** Its interval (`intervalLevel`); null until one is learnt. */
  readonly range: Interval | null;
  readonly facts: WindowFacts;
}

export interface PlanForecast {
  readonly method: ForecastMethod;
  /** Interval of the whole command's reports over the plan's days. */
  readonly total: Interval | null;
  /** Interval of the plan's reach, as an expected number. */
  readonly reach: Interval | null;
}

export interface FinishedPlan {
  /** By start, then unit. */
  readonly windows: readonly PlannedWindow[];
  readonly objective: number;
  /** The objective's interval, as an expected number. */
  readonly range: Interval | null;
}

export function finishPlan(
  prepared: PreparedPlan,
  chosen: readonly number[],
  zone: Zone,
): FinishedPlan {
  return describeAssigned(prepared, assignUnits(prepared, chosen), zone);
}

export function describeAssigned(
  prepared: PreparedPlan,
  assigned: AssignedPlan,
  zone: Zone,
): FinishedPlan {
  const { demand, credit, days } = prepared;
  const meanHour = createMeanHour(demand, zone);
  const doubt = createReachDoubt(demand);
  const describe = (candidate: Candidate, unit: number, purpose: WindowPurpose): PlannedWindow => ({
    zone: candidate.zone,
    unit,
    mode: candidate.mode,
    ...(candidate.squad
      ? { patrolPartner: candidate.squad.patrolPartner, kmh: candidate.squad.kmh }
      : {}),
    purpose,
    start: candidate.start,
    end: candidate.end,
    stops: candidate.stops,
    shiftStart: candidate.shift.start,
    shiftEnd: candidate.shift.end,
    expected: candidate.value,
    range: doubt.intervalOf(reachedBy(candidate.stops, credit.reachedFrom), 1),
    facts: windowFacts(demand, candidate, meanHour),
  });
  const windows = [
    ...prepared.watch.map(({ candidate, unit }) => describe(candidate, unit, "watch")),
    ...assigned.windows.map(({ candidate, unit }) => describe(candidate, unit, "patrol")),
  ];
  windows.sort((a, b) => a.start - b.start || a.unit - b.unit);
  const visits = windows.flatMap(({ stops }) => stops);
  return {
    windows,
    objective: sumOf(assigned.value, watchValue(prepared)),
    range: doubt.intervalOf(reachedBy(visits, credit.reachedFrom), Math.max(1, days / 7)),
  };
}

/** Value of the windows in watched edges: the same whatever else is chosen. */
export function watchValue({ watch }: Pick<PreparedPlan, "watch">): number {
  return watch.reduce((all, { candidate }) => sumOf(all, candidate.value), 0);
}

/** In whole millionths, so that the order of adding does not matter. */
export function sumOf(a: number, b: number): number {
  return Math.round((a + b) * 1e6) / 1e6;
}

/** 80% interval of the whole command's reports over the plan's days; null until one is learnt. */
export function totalRange({
  demand,
  expectedTotal,
}: Pick<PreparedPlan, "demand" | "expectedTotal">): Interval | null {
  return learntInterval(expectedTotal, demand.doubt.spread);
}

export function windowFacts(
  demand: Demand,
  { start, end, stops }: Pick<PatrolWindow, "start" | "end" | "stops">,
  meanHour: MeanHour,
): WindowFacts {
  const cells = new Set<H3Cell>(stops.map((stop) => stop.cell));
  let recentReports = 0;
  let knownReports = 0;
  demand.cells.forEach((cell, index) => {
    if (!cells.has(cell)) return;
    recentReports += demand.recent[index] ?? 0;
    knownReports += demand.known[index] ?? 0;
  });
  const timesMeanHour = meanHour.times([...cells], start, end);
  return { recentReports, knownReports, timesMeanHour };
}
