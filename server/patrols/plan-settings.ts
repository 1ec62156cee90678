import { type PatrolSettings, patrolDefaults } from "#core/patrols/settings.ts";
import type { PlanRow } from "#server/patrols/queries/plans.ts";

/** What a plan's windows are timed by: as it was asked for. */
export function planSettings({ options }: Pick<PlanRow, "options">): PatrolSettings {
  return options === null
    ? patrolDefaults
    : { ...patrolDefaults, dwellMinutes: options.dwellMinutes };
}
