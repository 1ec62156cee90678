import type { EdgeCells } from "#core/patrols/plan/watch.ts";
import type { Actor } from "#core/role.ts";
import type { ActNotes, Services } from "#server/acts/services.ts";
import type { PlanSolver } from "#server/patrols/solver/solver.ts";

/** Injected, as displacement is a room above the planner. */
export type WatchedEdges = (
  services: Pick<Services & ActNotes, "db" | "zone" | "asAt" | "addDetail">,
  actor: Actor,
) => Promise<readonly EdgeCells[]>;

declare module "#server/acts/services.ts" {
  interface Services {
    readonly solver: PlanSolver;
    readonly watchedEdges: WatchedEdges;
  }
}
