import type { Demand } from "#core/patrols/demand/demand.ts";
import type { PlanFrame, PlanReports } from "#core/patrols/plan.ts";
import type { StreetNeeds, StreetNumbers } from "#core/patrols/streets/street-times.ts";
import type { SolveLimits, SolveProgress } from "#server/patrols/solver/highs.ts";
import type { SolvedPlan } from "#server/patrols/solver/plan-job.ts";

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
