import type { Reading } from "#core/records/detect.ts";
import { categoryOf, kindOf } from "#core/records/words.ts";
import { parseTime } from "#core/table/clock.ts";
import type { TableRow } from "#core/table/row-reader.ts";

/**
 * A guessed `type` column whose words are categories ("litter") and not kinds ("complaint")
 * is the category column; one whose words are neither stays, and its rows say what is wrong.
 */
export function settleTypeColumn(
  reading: Reading,
  sample: readonly TableRow[],
  isGiven: boolean,
): Reading {
  const at = reading.columns.get("kind");
  if (at === undefined || isGiven || reading.columns.has("category")) return reading;
  const words = sample.map((row) => row.cells[at]?.trim() ?? "").filter((word) => word !== "");
  const kinds = words.filter((word) => kindOf(word) !== undefined).length;
  const categories = words.filter((word) => categoryOf(word) !== undefined).length;
  if (kinds > 0 || categories === 0) return reading;
  const columns = new Map(reading.columns);
  columns.delete("kind");
  columns.set("category", at);
  return { ...reading, columns };
}

/**
 * With a date column beside them, `start` and `end` may hold times of day; else they are whole
 * and the date column, such as the day of the report, is not needed.
 */
export function settleStartColumn(reading: Reading, sample: readonly TableRow[]): Reading {
  const at = reading.columns.get("start");
  if (at === undefined || !reading.columns.has("date")) return reading;
  const columns = new Map(reading.columns);
  const words = sample.map((row) => row.cells[at]?.trim() ?? "").filter((word) => word !== "");
  const times = words.filter((word) => parseTime(word).ok).length;
  if (times * 2 <= words.length) {
    columns.delete("date");
    return { ...reading, columns };
  }
  const end = columns.get("end");
  columns.delete("start");
  columns.delete("end");
  columns.set("start_time", at);
  if (end !== undefined) columns.set("end_time", end);
  return { ...reading, columns };
}

/**
 * Rows numbered 1, 2, 3 carry a row number, not the source's own id: two files numbered alike
 * would otherwise pass for each other.
 */
export function isRowNumber(sample: readonly TableRow[], at: number): boolean {
  const first = Number(sample[0]?.cells[at]);
  if (sample.length < 2 || !(first === 0 || first === 1)) return false;
  return sample.every((row, index) => row.cells[at]?.trim() === String(first + index));
}
