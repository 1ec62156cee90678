/** What a file is counted in: whoever reads a message looks for just that. */
export const rowUnits = ["line", "row", "feature", "feature-line"] as const;
export type RowUnit = (typeof rowUnits)[number];

/** "Row 12" of a sheet; the features of a file on a line each are found by the line. */
export const rowUnitWords: Readonly<Record<RowUnit, string>> = {
  line: "Line",
  row: "Row",
  feature: "Feature",
  "feature-line": "Line",
};

/** The number of the headings: features have none above them, so the first is number 1. */
export function headerNumber(unit: RowUnit): 0 | 1 {
  return unit === "line" || unit === "row" ? 1 : 0;
}
