import type { EdgeCells } from "#core/patrols/plan/watch.ts";
import type { Rise } from "#core/patrols/wire/board.ts";
import type { Actor } from "#core/role.ts";
import type { ActNotes, Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import type { PlanSolver } from "#server/patrols/solver/solver.ts";

/** Injected, as displacement is a room above the planner. */
export type WatchedEdges = (
  services: Pick<Services & ActNotes, "db" | "zone" | "asAt" | "addDetail">,
  actor: Actor,
) => Promise<readonly EdgeCells[]>;

/** Of operations that have not ended; also for whoever may not read them. */
export type OpenRises = (tx: Transaction, asAt: string) => Promise<readonly Rise[]>;

declare module "#server/acts/services.ts" {
  interface Services {
    readonly solver: PlanSolver;
    readonly watchedEdges: WatchedEdges;
    readonly openRises: OpenRises;
  }
}
