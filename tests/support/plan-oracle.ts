import type { PreparedPlan } from "#core/patrols/plan.ts";
import { hourMs, type Zone } from "#core/time/zone.ts";
import { brokenRules, type RuleWindow } from "#tests/support/plan-rules.ts";

interface Worth extends RuleWindow {
  readonly value: number;
  readonly shift: { readonly start: number; readonly end: number };
}

/**
 * The best plan of a tiny instance by trying every set of its options against the rules themselves:
 * it knows nothing of rows, cliques or LP text.
 */
export function bestByForce(prepared: PreparedPlan, given: { zone: Zone; units: number }): number {
  const windows = prepared.options.map(
    ({ candidate }): Worth => ({
      zone: candidate.zone,
      unit: 0,
      start: candidate.start,
      end: candidate.end,
      stops: candidate.stops,
      value: candidate.value,
      shift: candidate.shift,
    }),
  );
  const fits = (chosen: readonly RuleWindow[]) =>
    brokenRules(chosen, { ...given, anyUnit: true }).length === 0;
  const search = (index: number, chosen: readonly Worth[]): number => {
    const window = windows[index];
    if (!window) return worthOf(chosen, prepared);
    const without = search(index + 1, chosen);
    const grown = [...chosen, window];
    return fits(grown) ? Math.max(without, search(index + 1, grown)) : without;
  };
  return search(0, []);
}

/**
 * A second visit of a place in one shift loses a quarter of what two hours there bring in that shift on
 * average, a third one half, a fourth three quarters.
 */
function worthOf(chosen: readonly Worth[], { credit }: PreparedPlan): number {
  let worth = chosen.reduce((all, { value }) => all + value, 0);
  const visits = chosen.flatMap(({ stops, shift }) => stops.map(({ cell }) => ({ cell, shift })));
  const seen = new Map<string, number>();
  for (const { cell, shift } of visits) {
    const key = `${cell} ${shift.start}`;
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    const hours = (shift.end - shift.start) / hourMs;
    worth -=
      (Math.min(before, 3) / 4) * credit.expectedIn(cell, shift.start, shift.end) * (2 / hours);
  }
  return worth;
}
