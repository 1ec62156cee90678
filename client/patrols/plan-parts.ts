import { createContext, use } from "react";
import type { BoardDesk } from "#client/patrols/board-desk.ts";
import type { Board } from "#client/patrols/use-board.ts";
import type { KeepClear } from "#client/patrols/use-keep-clear.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";

/** Shared by all parts of the screen, so that they never disagree. */
export interface PlanParts {
  readonly view: PlanView;
  readonly keepClear: KeepClear;
  readonly board: Board;
  /** Null while there is no plan to change. */
  readonly desk: BoardDesk | null;
}

export const PlanContext = createContext<PlanParts | null>(null);

export function usePlanParts(): PlanParts {
  const parts = use(PlanContext);
  if (!parts) throw new Error("usePlanParts is for parts of the board");
  return parts;
}
