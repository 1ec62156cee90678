import type { CellShares } from "#core/patrols/forecast/cell-shares.ts";
import { dateName } from "#core/time/words.ts";

/*
 * Which forecast Plan uses: the average of models, a plain count, or a blend of the two. It says where reports are expected; how
 * many there are in a week, and at which hours they come at one place, is the same for each.
 */

export const countMonths = [3, 12, 36] as const;
export type CountMonths = (typeof countMonths)[number];
export const blendTenths = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** `forecast` is the average of models; `blend-12-3` is three tenths of the count of 12 months and seven of that average. */
export type ForecastChoice =
  | "forecast"
  | `count-${CountMonths}`
  | `blend-${CountMonths}-${(typeof blendTenths)[number]}`;

const counts = countMonths.map((months) => `count-${months}` as const);
export const forecastChoices: readonly ForecastChoice[] = [
  "forecast",
  ...counts,
  ...countMonths.flatMap((months) =>
    blendTenths.map((tenths) => `blend-${months}-${tenths}` as const),
  ),
];

/** Those that are compared unless others are asked for. */
export const methodNames = [
  "forecast",
  "count-3",
  "count-12",
  "count-36",
  "density",
  "prospective",
] as const;
export type MethodName = (typeof methodNames)[number] | ForecastChoice;
export const allMethodNames: readonly MethodName[] = [...forecastChoices, "density", "prospective"];

/** The plain count in a choice, and its share in tenths; null where there is none. */
export function countPart(
  choice: ForecastChoice,
): { readonly months: CountMonths; readonly tenths: number } | null {
  const [, name = "", tenths = "10"] = choice.split("-");
  const months = countMonths.find((each) => String(each) === name);
  return months === undefined ? null : { months, tenths: Number(tenths) };
}

/** Shares of the average and of a count as one: nought tenths are the average alone, ten the count alone. */
export function blendShares(average: CellShares, count: CellShares, tenths: number): CellShares {
  const part = tenths / 10;
  const blend = (one: Float64Array, other: Float64Array) =>
    one.map((value, unit) => (1 - part) * value + part * (other[unit] as number));
  return {
    shares: blend(average.shares, count.shares),
    support: blend(average.support, count.support),
  };
}

/** A choice as it was made. */
export interface ChosenForecast {
  readonly choice: ForecastChoice;
  /** London date. */
  readonly chosenOn: string;
}

/** Of `candidateModels` (mix-ways.ts), which the page does without. */
export const methodsAveraged = 60;

/** "average of 60 methods, weighted by accuracy", "count of the last 12 months" */
export function choiceWords(choice: ForecastChoice): string {
  const part = countPart(choice);
  if (!part) return `average of ${methodsAveraged} methods, weighted by accuracy`;
  const { months, tenths } = part;
  const count = `count of the last ${months} months`;
  return tenths === 10
    ? count
    : `${10 * tenths}% ${count}, ${100 - 10 * tenths}% average of ${methodsAveraged} methods`;
}

/** The line of a plan: "Expected reports: count of the last 12 months, chosen by the analyst on 26 November 2021." */
export function forecastLine(chosen: ChosenForecast | ForecastChoice): string {
  if (typeof chosen === "string") return `Expected reports: ${choiceWords(chosen)}.`;
  const { choice, chosenOn } = chosen;
  return `Expected reports: ${choiceWords(choice)}, chosen by the analyst on ${dateName(chosenOn)}.`;
}
