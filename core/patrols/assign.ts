import type { Candidate } from "#core/patrols/candidate.ts";
import type { Crew } from "#core/patrols/crew.ts";
import { addGreedily } from "#core/patrols/greedy.ts";
import type { PlanOption } from "#core/patrols/option.ts";
import { packingValue } from "#core/patrols/packing.ts";
import type { PreparedPlan } from "#core/patrols/plan.ts";
import { unitNumbers } from "#core/patrols/roster.ts";

/** A window in the hands of one unit. */
export interface AssignedWindow {
  readonly candidate: Candidate;
  readonly crew: Crew;
  readonly unit: number;
}

export interface AssignedPlan {
  readonly windows: readonly AssignedWindow[];
  /** By the model: less what repeat visits lose, in millionths exactly. */
  readonly value: number;
}

/** From chosen options to windows: room that is left is filled, units get their numbers. */
export function assignUnits(
  {
    packing,
    minutes,
    crewPlan,
    travel,
    options,
  }: Pick<PreparedPlan, "packing" | "minutes" | "crewPlan" | "travel" | "options">,
  chosen: readonly number[],
): AssignedPlan {
  const filled = addGreedily(packing, minutes, chosen, crewPlan.admission(chosen));
  const all = filled.flatMap((index) => options[index] ?? []);
  const { numbers, dropped } = unitNumbers(all, travel);
  const kept = filled.filter((index) => !dropped.includes(options[index] as PlanOption));
  return {
    windows: kept.flatMap((index) => {
      const option = options[index];
      return option ? [{ ...option, unit: numbers.get(option) ?? 1 }] : [];
    }),
    value: packingValue(packing, kept),
  };
}
