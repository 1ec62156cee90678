import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { mostUnits } from "#core/patrols/wire/unit.ts";

/** On staffed dates units are those on duty, not a fixed number. */
export function unitsOf({ units, options }: Pick<PlanReply, "units" | "options">): number {
  return Math.max(units, options !== null && options.staffedDates.length > 0 ? mostUnits : 0);
}
