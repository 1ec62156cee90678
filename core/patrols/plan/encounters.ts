import type { H3Cell } from "#core/geo/cell.ts";
import { type Credit, createCredit } from "#core/patrols/candidates/credit.ts";
import type { Demand } from "#core/patrols/demand/demand.ts";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import type { PatrolSettings } from "#core/patrols/ground/settings.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import type { AssignedPlan } from "#core/patrols/plan/finish.ts";
import type { PlanLimit, PreparedPlan } from "#core/patrols/plan/plan.ts";
import type { PlanGround } from "#core/patrols/plan/plan-ground.ts";
import {
  type EncounterPlace,
  type EncounterWeight,
  mostGivenUp,
} from "#core/patrols/wire/encounters.ts";
import { hourMs, type Zone } from "#core/time/zone.ts";

/** Prices tried, as multiples of what the plan covers for each encounter that it expects. */
export const encounterPrices: readonly number[] = [0.1, 0.15, 0.2, 0.25, 0.32, 0.4, 0.46];
/** Share of the encounters below which a saving is told as none, so that nothing is given up for it. */
const leastSaved = 0.025;

/** Expected sightings in a cell from one instant to another; protected time hides none of them. */
export type SightingsIn = Credit["expectedIn"];

export function createSightings(
  sightings: Demand,
  { shifts }: Pick<PlanGround, "shifts">,
  zone: Zone,
  { reachMinutes }: Pick<PatrolSettings, "reachMinutes">,
): SightingsIn {
  const start = Math.min(...shifts.map((shift) => shift.start));
  const end = Math.max(...shifts.map((shift) => shift.end));
  const closed = createClosedTime([]);
  return createCredit(sightings, { zone, closed, start, end, reachMinutes }).expectedIn;
}

/** A plan as it is judged: what it covers, and the encounters that its stops expect. */
export interface WeighedPlan {
  readonly assigned: AssignedPlan;
  /** Expected reports, watch windows left out. */
  readonly coverage: number;
  /** Expected sightings in a stop's cell while the patrol is there. */
  readonly encounters: number;
}

export function weighed(assigned: AssignedPlan, sightingsIn: SightingsIn): WeighedPlan {
  const stops = assigned.windows.flatMap(({ candidate }) => candidate.stops);
  const encounters = encountersOf(stops, sightingsIn);
  return { assigned, coverage: assigned.value, encounters };
}

function encountersOf(stops: readonly Visit[], sightingsIn: SightingsIn): number {
  return stops.reduce(
    (all, { cell, arrive, depart }) => all + sightingsIn(cell, arrive, depart),
    0,
  );
}

/**
 * The ground and the limit of a plan at a price per encounter. A stop's credit is what it was less
 * the price of its encounters, so never more, and no cell may have more visits than it had:
 * encounters only take away (DEFINITIONS, Encounters).
 */
export function atPrice(
  { assigned, coverage, encounters }: WeighedPlan,
  prepared: Pick<PreparedPlan, "watch" | "least">,
  given: {
    readonly ground: PlanGround;
    readonly sightingsIn: SightingsIn;
    readonly dwellMs: number;
    readonly price: number;
  },
): { readonly ground: PlanGround; readonly limit: PlanLimit } {
  const { ground, sightingsIn, dwellMs } = given;
  const { credit } = ground;
  const most = visitsByCell(assigned);
  const price = encounters > 0 ? (given.price * coverage) / encounters : 0;
  const reachedFrom = (cell: H3Cell, arrive: number) =>
    most.has(cell)
      ? credit.reachedFrom(cell, arrive) - price * sightingsIn(cell, arrive, arrive + dwellMs)
      : 0;
  return {
    ground: {
      ...ground,
      credit: { ...credit, reachedFrom },
      zones: ground.zones.filter(({ cells }) => cells.some((cell) => most.has(cell))),
    },
    limit: {
      most,
      watch: prepared.watch,
      least: prepared.least,
      worthOf: (stops) => worthOf(stops, credit),
    },
  };
}

function visitsByCell({ windows }: Pick<AssignedPlan, "windows">): Map<H3Cell, number> {
  const visits = new Map<H3Cell, number>();
  for (const { candidate } of windows) {
    for (const { cell } of candidate.stops) visits.set(cell, (visits.get(cell) ?? 0) + 1);
  }
  return visits;
}

/** A plan's windows with what they cover instead of what is left of it at a price. */
export function unpriced({ windows, value }: AssignedPlan, credit: Credit): AssignedPlan {
  const own = windows.map((window) => {
    const worth = worthOf(window.candidate.stops, credit);
    return { ...window, candidate: { ...window.candidate, value: worth } };
  });
  const given = own.reduce(
    (all, { candidate }, at) => all + candidate.value - (windows[at]?.candidate.value ?? 0),
    0,
  );
  // Less for repeat visits, which no price changes.
  return { windows: own, value: millionths(value + given) };
}

function worthOf(stops: readonly Visit[], credit: Credit): number {
  return millionths(
    stops.reduce((all, { cell, arrive }) => all + credit.reachedFrom(cell, arrive), 0),
  );
}

function millionths(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/**
 * For a place of the slider: the fewest encounters among plans that give up no more than it may.
 * Rows and ledger let no visits rise; what rose all the same is not taken.
 */
export function planFor(
  weight: EncounterWeight,
  base: WeighedPlan,
  tried: readonly WeighedPlan[],
): WeighedPlan {
  if (weight === "none") return base;
  const least = (1 - mostGivenUp[weight]) * base.coverage;
  const most = (1 - leastSaved) * base.encounters;
  return tried
    .filter((one) => one.coverage >= least && one.encounters < most && raisesNothing(base, one))
    .reduce((best, one) => (one.encounters < best.encounters ? one : best), base);
}

function raisesNothing(base: WeighedPlan, { assigned }: WeighedPlan): boolean {
  const had = visitsByCell(base.assigned);
  return [...visitsByCell(assigned)].every(([cell, visits]) => visits <= (had.get(cell) ?? 0));
}

/** What may be told of a place: shares of the plan without weight, by 5% for encounters. */
export function placeOf(
  weight: EncounterWeight,
  base: WeighedPlan,
  plan: WeighedPlan,
): EncounterPlace {
  const share = (one: number, all: number) => (all > 0 ? (100 * one) / all : 100);
  return {
    weight,
    // The search is not exact: at a price it may happen on a better plan.
    coverage: Math.min(100, Math.round(share(plan.coverage, base.coverage))),
    encounters: 5 * Math.round(share(plan.encounters, base.encounters) / 5),
    hours: Math.round(
      plan.assigned.windows.reduce((all, { candidate: { start, end } }) => all + end - start, 0) /
        hourMs,
    ),
  };
}
