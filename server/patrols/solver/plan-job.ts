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
import { type PlanFrame, type PlanReports, planForDemand } from "#core/patrols/plan/plan.ts";
import type { PlanGround } from "#core/patrols/plan/plan-ground.ts";
import { refusedShifts } from "#core/patrols/plan/refusal.ts";
import { varyArrivals } from "#core/patrols/plan/vary.ts";
import { gapOf } from "#core/patrols/solve/split.ts";
import type { Zone } from "#core/time/zone.ts";
import type { NewPlan } from "#server/patrols/queries/plans.ts";
import type { SolveHooks, SolveLimits, SolveProgress } from "#server/patrols/solver/highs.ts";
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
}

export interface PlanJobHooks extends SolveHooks {
  readonly first: (plan: SolvedPlan) => void;
}

/** Blocks its thread. */
export function runPlanJob(
  highs: Highs,
  given: {
    readonly frame: PlanFrame;
    readonly demand: Demand;
    readonly ground?: PlanGround;
    /** Null: straight lines. */
    readonly streets?: StreetTimes | null;
  },
  context: { readonly zone: Zone; readonly limits: SolveLimits; readonly clock: () => number },
  hooks: PlanJobHooks,
): SolvedPlan {
  const { frame, demand, ...more } = given;
  const { zone, limits, clock } = context;
  const began = clock();
  const settings = { ...patrolDefaults, ...frame.settings };
  const prepared = planForDemand(demand, frame, zone, settings, more);
  const total = totalRange(prepared);
  const { expectedTotal } = prepared;
  const byGreed = finishPlan(prepared, prepared.greedy, zone);
  const describe = (
    { windows, objective, range }: FinishedPlan,
    proven: Pick<SolvedPlan, "bound" | "stopped">,
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
    };
  };
  // The first plan's only proven bound is the total of expected reports.
  hooks.first(describe(byGreed, { bound: expectedTotal, stopped: "time" }));
  const solved = solvePlan(highs, prepared, limits, hooks, clock);
  const best = [solved.chosen, prepared.greedy]
    .map((chosen) => assignUnits(prepared, chosen))
    .reduce((one, other) => (other.value > one.value ? other : one));
  const { variation, travel } = prepared;
  const varied = variation ? varyArrivals(best, variation, travel) : best;
  const finished = describeAssigned(prepared, varied, zone);
  const bound = sumOf(solved.bound, watchValue(prepared));
  // A plan proven optimal no longer is once value was given up for its times.
  const stopped =
    varied.value < best.value && solved.stopped === "optimal" ? "gap" : solved.stopped;
  return describe(finished, { bound, stopped });
}

export interface SolverRequest {
  readonly frame: PlanFrame;
  /** A ready forecast or its inputs; all plans of a day share one. */
  readonly from: PlanReports | Demand;
  readonly timeZone: string;
  readonly limits: SolveLimits;
  /** Then the thread requests street times and waits. */
  readonly byStreet: boolean;
  /** 1 stops the job; shared memory, because no message arrives while HiGHS runs. */
  readonly cancel: Int32Array;
}

/** Reply to `needs`; null when the plan is no longer wanted. */
export interface StreetAnswer {
  readonly numbers: StreetNumbers | null;
}

export type SolverReply =
  | { readonly type: "demand"; readonly demand: Demand }
  | { readonly type: "needs"; readonly needs: StreetNeeds }
  | { readonly type: "first"; readonly plan: SolvedPlan }
  | { readonly type: "progress"; readonly progress: SolveProgress }
  | { readonly type: "plan"; readonly plan: SolvedPlan }
  | { readonly type: "failed"; readonly reason: string };
