const countMonths = [3, 12, 36] as const;
export const countNames = countMonths.map((months) => `count-${months}` as const);

/** What Plan uses, and the plain counts that it is compared with. */
export const methodNames = ["forecast", ...countNames] as const;
export type MethodName = (typeof methodNames)[number];

/** Of `candidateModels` (model-mix.ts), which the page does without. */
export const methodsAveraged = 28;

/** "Average of 28 methods, weighted by accuracy", "Count of the last 12 months" */
export function forecastLabel(name: MethodName): string {
  if (name === "forecast") return `Average of ${methodsAveraged} methods, weighted by accuracy`;
  return `Count of the last ${name.slice("count-".length)} months`;
}
