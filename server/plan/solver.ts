/** Placeholder for the contract; the planner replaces the body and may widen the types. */
export interface PlanSolver {
  readonly close: () => Promise<void>;
}

export function createPlanSolver(): PlanSolver {
  return { close: async () => undefined };
}
