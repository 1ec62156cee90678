import type { Highs } from "highs";
import { varyArrivals } from "#core/patrols/arrival-times/vary.ts";
import type { Demand } from "#core/patrols/demand/demand.ts";
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
} from "#core/patrols/finish.ts";
import { type PlanFrame, type PlanReports, planForDemand } from "#core/patrols/plan.ts";
import type { PlanGround } from "#core/patrols/plan-ground.ts";
import { refusedShifts } from "#core/patrols/refusal.ts";
import { patrolDefaults } from "#core/patrols/settings.ts";
import { gapOf } from "#core/patrols/split.ts";
import type {
  StreetNeeds,
  StreetNumbers,
  StreetTimes,
} from "#core/patrols/streets/street-times.ts";
import type { Zone } from "#core/time/zone.ts";
import type { NewPlan } from "#server/patrols/queries/plans.ts";
import type { SolveHooks, SolveLimits, SolveProgress } from "#server/patrols/solver/highs.ts";
import { solvePlan } from "#server/patrols/solver/solve-plan.ts";

/** A plan with what is proven about it. */
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
  /** The greedy plan, before the solver starts. */
  readonly first: (plan: SolvedPlan) => void;
}

/** One suggestion from input to windows; it blocks its thread. */
export function runPlanJob(
  highs: Highs,
  given: {
    readonly frame: PlanFrame;
    readonly demand: Demand;
    /** Where it was made already. */
    readonly ground?: PlanGround;
    /** None: as the crow flies. */
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
  // Nothing is proven of the first plan but that no plan reaches more than is expected.
  hooks.first(describe(byGreed, { bound: expectedTotal, stopped: "time" }));
  const solved = solvePlan(highs, prepared, limits, hooks, clock);
  const best = [solved.chosen, prepared.greedy]
    .map((chosen) => assignUnits(prepared, chosen))
    .reduce((one, other) => (other.value > one.value ? other : one));
  const { variation, travel } = prepared;
  const varied = variation ? varyArrivals(best, variation, travel) : best;
  const finished = describeAssigned(prepared, varied, zone);
  const bound = sumOf(solved.bound, watchValue(prepared));
  // What was proven to be the best is no longer it once something was given for its times.
  const stopped =
    varied.value < best.value && solved.stopped === "optimal" ? "gap" : solved.stopped;
  return describe(finished, { bound, stopped });
}

/** To the solver's thread. */
export interface SolverRequest {
  readonly frame: PlanFrame;
  /** A forecast that was made before, or what to make it from: it tells no two plans of a day apart. */
  readonly from: PlanReports | Demand;
  readonly timeZone: string;
  readonly limits: SolveLimits;
  /** Whether the plan goes by street: it then asks for what it needs, and waits. */
  readonly byStreet: boolean;
  /** Set to 1 to stop: the thread reads it while HiGHS runs and no message can reach it. */
  readonly cancel: Int32Array;
}

/** The answer to `needs`; null when nobody waits for the plan any more. */
export interface StreetAnswer {
  readonly numbers: StreetNumbers | null;
}

/** From the solver's thread. */
export type SolverReply =
  | { readonly type: "demand"; readonly demand: Demand }
  | { readonly type: "needs"; readonly needs: StreetNeeds }
  | { readonly type: "first"; readonly plan: SolvedPlan }
  | { readonly type: "progress"; readonly progress: SolveProgress }
  | { readonly type: "plan"; readonly plan: SolvedPlan }
  | { readonly type: "failed"; readonly reason: string };
