import type { PlanInput } from "#core/patrol/plan.ts";
import type { SolveLimits, SolveProgress } from "#server/plan/highs.ts";
import type { SolvedPlan } from "#server/plan/plan-job.ts";

/** To the solver's thread. */
export interface SolverRequest {
  readonly input: PlanInput;
  readonly timeZone: string;
  readonly limits: SolveLimits;
  /** Set to 1 to stop: the thread reads it while HiGHS runs and no message can reach it. */
  readonly cancel: Int32Array;
}

/** From the solver's thread. */
export type SolverReply =
  | { readonly type: "first"; readonly plan: SolvedPlan }
  | { readonly type: "progress"; readonly progress: SolveProgress }
  | { readonly type: "plan"; readonly plan: SolvedPlan }
  | { readonly type: "failed"; readonly reason: string };
