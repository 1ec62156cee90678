/** Units of row numbers, as a reader of messages would look them up. */
export const rowUnits = ["line", "row", "feature", "feature-line", "record"] as const;
export type RowUnit = (typeof rowUnits)[number];

/** "Row 12" of a sheet; in files of one feature a line, features go by line. */
export const rowUnitWords: Readonly<Record<RowUnit, string>> = {
  line: "Line",
  row: "Row",
  feature: "Feature",
  "feature-line": "Line",
  record: "Record",
};

/** Number of the header: 0 for features and records, so that the first one is 1. */
export function headerNumber(unit: RowUnit): 0 | 1 {
  return unit === "line" || unit === "row" ? 1 : 0;
}
