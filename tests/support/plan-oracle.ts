import type { PreparedPlan } from "#core/patrol/plan.ts";
import type { Zone } from "#core/time/zone.ts";
import { brokenRules, type RuleWindow } from "#tests/support/plan-rules.ts";

/**
 * The best plan of a tiny instance by trying every set of its options against the rules themselves:
 * it knows nothing of rows, cliques or LP text.
 */
export function bestByForce(prepared: PreparedPlan, given: { zone: Zone; units: number }): number {
  const windows = prepared.options.map(({ candidate }): RuleWindow & { value: number } => ({
    zone: candidate.zone,
    unit: 0,
    start: candidate.start,
    end: candidate.end,
    stops: candidate.stops,
    blockStart: candidate.blockStart,
    blockEnd: candidate.blockEnd,
    value: candidate.value,
  }));
  const fits = (chosen: readonly RuleWindow[]) =>
    brokenRules(chosen, { ...given, blocks: true }).length === 0;
  const search = (index: number, chosen: readonly (RuleWindow & { value: number })[]): number => {
    const window = windows[index];
    if (!window) return chosen.reduce((all, one) => all + one.value, 0);
    const without = search(index + 1, chosen);
    const grown = [...chosen, window];
    return fits(grown) ? Math.max(without, search(index + 1, grown)) : without;
  };
  return search(0, []);
}
