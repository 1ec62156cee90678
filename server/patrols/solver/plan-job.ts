import type { Highs } from "highs";
import type { Demand } from "#core/patrols/demand/demand.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import type { StreetNeeds, StreetNumbers, StreetTimes } from "#core/patrols/ground/street-times.ts";
import {
  assignUnits,
  describeAssigned,
  type FinishedPlan,
  finishPlan,
  type PlanForecast,
  type PlannedWindow,
  sumOf,
  totalRange,
  watchValue,
} from "#core/patrols/plan/finish.ts";
import {
  type PlanFrame,
  type PlanReports,
  type PreparedPlan,
  planForDemand,
} from "#core/patrols/plan/plan.ts";
import { type PlanGround, planGround } from "#core/patrols/plan/plan-ground.ts";
import { refusedShifts } from "#core/patrols/plan/refusal.ts";
import { varyArrivals } from "#core/patrols/plan/vary.ts";
import { gapOf } from "#core/patrols/solve/split.ts";
import type { PlanEncounters } from "#core/patrols/wire/encounters.ts";
import type { Zone } from "#core/time/zone.ts";
import type { NewPlan } from "#server/patrols/queries/plans.ts";
import { type WeightAsked, withFewerEncounters } from "#server/patrols/solver/fewer-encounters.ts";
import type { SolveLimits, SolveProgress, TellProgress } from "#server/patrols/solver/highs.ts";
import { solvePlan } from "#server/patrols/solver/solve-plan.ts";

export interface SolvedPlan
  extends Pick<
    NewPlan,
    "refused" | "objective" | "bound" | "gap" | "greedy" | "seconds" | "stopped"
  > {
  readonly windows: readonly PlannedWindow[];
  /** Expected reports in the whole command over the plan's days. */
  readonly expectedTotal: number;
  readonly forecast: PlanForecast;
  /** Null where encounters have no weight. */
  readonly encounters: PlanEncounters | null;
}

interface PlanJobHooks {
  readonly first: (plan: SolvedPlan) => void;
  readonly progress: TellProgress;
}

/** Blocks its process. */
export function runPlanJob(
  highs: Highs,
  given: {
    readonly frame: PlanFrame;
    readonly demand: Demand;
    readonly ground?: PlanGround;
    /** Null: straight lines. */
    readonly streets?: StreetTimes | null;
    readonly encounters?: WeightAsked | null;
  },
  context: { readonly zone: Zone; readonly limits: SolveLimits; readonly clock: () => number },
  hooks: PlanJobHooks,
): SolvedPlan {
  const { frame, demand, encounters: asked = null, streets = null } = given;
  const { zone, limits, clock } = context;
  const began = clock();
  const settings = { ...patrolDefaults, ...frame.settings };
  const ground = given.ground ?? planGround(demand, frame, zone, settings);
  const prepared = planForDemand(demand, frame, zone, settings, { ground, streets });
  const total = totalRange(prepared);
  const { expectedTotal } = prepared;
  const byGreed = finishPlan(prepared, prepared.greedy, zone);
  const describe = (
    { windows, objective, range }: FinishedPlan,
    proven: Pick<SolvedPlan, "bound" | "stopped"> & Partial<Pick<SolvedPlan, "encounters">>,
  ): SolvedPlan => {
    const bound = Math.max(objective, proven.bound);
    return {
      windows,
      refused: refusedShifts(prepared, windows, frame, settings),
      objective,
      bound,
      gap: gapOf(objective, bound),
      greedy: byGreed.objective,
      seconds: Math.round(clock() - began) / 1000,
      stopped: proven.stopped,
      expectedTotal,
      forecast: { method: demand.method, total, reach: range },
      encounters: proven.encounters ?? null,
    };
  };
  // The first plan's only proven bound is the total of expected reports.
  hooks.first(describe(byGreed, { bound: expectedTotal, stopped: "time" }));
  const solve = (one: PreparedPlan, within: SolveLimits, tell: TellProgress) => {
    const { bound, chosen, stopped } = solvePlan(highs, one, within, tell, clock);
    const best = [chosen, one.greedy]
      .map((options) => assignUnits(one, options))
      .reduce((a, b) => (b.value > a.value ? b : a));
    const { variation, travel } = one;
    const varied = variation ? varyArrivals(best, variation, travel) : best;
    return { bound, stopped, isLess: varied.value < best.value, assigned: varied };
  };
  const best = solve(prepared, limits, hooks.progress);
  const fewer = asked
    ? withFewerEncounters(best.assigned, prepared, {
        asked,
        frame,
        ground,
        zone,
        settings,
        streets,
        solve: (one) => solve(one, priceLimits(limits), () => undefined),
      })
    : null;
  const finished = describeAssigned(prepared, fewer?.assigned ?? best.assigned, zone);
  // Other stops at another time may be worth more than any option was.
  const bound = sumOf(Math.max(best.bound, best.assigned.value), watchValue(prepared));
  // A plan proven optimal no longer is once value was given up for its times or for fewer encounters.
  const isOptimal = best.stopped === "optimal" && !best.isLess && !fewer;
  const proven = best.stopped === "optimal" && !isOptimal ? "gap" : best.stopped;
  return describe(finished, {
    bound,
    stopped: fewer?.isHurried ? "time" : proven,
    encounters: fewer?.encounters ?? null,
  });
}

/** Of each price: a small difference in coverage is what it is about. */
const priceLimits = ({ seconds }: SolveLimits) => ({ gap: 0.001, seconds: 0.15 * seconds });

export interface EncountersAsked {
  readonly weight: WeightAsked["weight"];
  readonly sightings: PlanReports;
}

export interface SolverRequest {
  readonly frame: PlanFrame;
  /** A ready forecast or its inputs; all plans of a day share one. */
  readonly from: PlanReports | Demand;
  readonly timeZone: string;
  readonly limits: SolveLimits;
  /** Then the process requests street times and waits. */
  readonly byStreet: boolean;
  readonly encounters?: EncountersAsked | null;
}

/** Reply to `needs`. */
export interface StreetAnswer {
  readonly numbers: StreetNumbers;
}

export type SolverReply =
  | { readonly type: "demand"; readonly demand: Demand }
  | { readonly type: "needs"; readonly needs: StreetNeeds }
  | { readonly type: "first"; readonly plan: SolvedPlan }
  | { readonly type: "progress"; readonly progress: SolveProgress }
  | { readonly type: "plan"; readonly plan: SolvedPlan }
  | { readonly type: "failed"; readonly reason: string };
