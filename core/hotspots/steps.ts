import { type Fold, foldsBetween } from "#core/stats/folds.ts";
import { addDays, daysIn, type Zone } from "#core/time/zone.ts";

export const fewestSteps = 4;

/**
 * Equal steps for emerging categories: calendar months where enough lie wholly in the dates, else
 * weeks ending with the last day; null with too few weeks.
 */
export function emergingSteps(
  zone: Zone,
  { from, to }: { readonly from: string; readonly to: string },
): readonly Fold[] | null {
  const months = foldsBetween(zone, from, to, "month");
  if (months.length >= fewestSteps) return months;
  const weeks = wholeWeeks(from, to);
  return weeks < fewestSteps ? null : foldsBetween(zone, addDays(to, 1 - weeks * 7), to, 7);
}

export function stepName([first]: readonly Fold[]): "week" | "month" {
  return first !== undefined && addDays(first.from, 6) === first.to ? "week" : "month";
}

export function wholeWeeks(from: string, to: string): number {
  return Math.floor(daysIn({ from, to }) / 7);
}
