import type { EdgeCells } from "#core/patrols/watch.ts";
import type { Actor } from "#core/role.ts";
import type { ActNotes, Services } from "#server/acts/services.ts";
import type { PlanSolver } from "#server/patrols/solver/solver.ts";

/** Edge zones that a plan is to look at: displacement is above the planner and hands them in. */
export type WatchedEdges = (
  services: Pick<Services & ActNotes, "db" | "zone" | "asAt" | "addDetail">,
  actor: Actor,
) => Promise<readonly EdgeCells[]>;

declare module "#server/acts/services.ts" {
  interface Services {
    /** HiGHS in a thread of its own. */
    readonly solver: PlanSolver;
    readonly watchedEdges: WatchedEdges;
  }
}
