import { isNothing } from "#core/records/show-value.ts";
import { parseMoment } from "#core/table/clock.ts";
import type { ColumnMap } from "#core/table/columns.ts";
import type { TableRow } from "#core/table/row-reader.ts";

/** What a reference names: one event, one event of its day where numbers begin again, or none. */
export type ReferenceScope = "event" | "event of a day" | "none";

/** Fewer that come again say nothing of what they name. */
const fewestRepeats = 10;
/** So many rows to each are those of a beat or a team. */
const mostRowsOfOne = 5;
/** Numbers that begin again rarely come twice in a day. */
const fewOfDay = 0.1;

/** By the first rows: the first row of a reference alone counts, so that one of many events must not pass for an id. */
export function whatReferenceIs(sample: readonly TableRow[], columns: ColumnMap): ReferenceScope {
  const at = columns.get("reference") ?? -1;
  if (isRowNumber(sample, at)) return "none";
  const rows = sample.filter(({ cells }) => {
    const text = cells[at]?.trim() ?? "";
    return text !== "" && !isNothing(text, "reference");
  });
  const references = new Set(rows.map(({ cells }) => cells[at]?.trim()));
  const repeats = rows.length - references.size;
  if (repeats < fewestRepeats) return "event";
  const dates = columns.get("start") ?? columns.get("date") ?? -1;
  const days = new Set(
    rows.map(({ cells }) => `${cells[at]?.trim()} ${dayOf(cells[dates] ?? "")}`),
  );
  if (rows.length - days.size <= fewOfDay * repeats) return "event of a day";
  return references.size * mostRowsOfOne < rows.length ? "none" : "event";
}

/** Equal for the same day of one column, however its times differ. */
function dayOf(text: string): string {
  const moment = parseMoment(text.trim(), "day-first");
  if (!moment.ok) return text.trim();
  return `${moment.value.year} ${moment.value.month} ${moment.value.day}`;
}

/**
 * Rows numbered 1, 2, 3 carry a row number, not the source's own id: two files numbered alike
 * would otherwise pass for each other.
 */
function isRowNumber(sample: readonly TableRow[], at: number): boolean {
  const first = Number(sample[0]?.cells[at]);
  if (sample.length < 2 || !(first === 0 || first === 1)) return false;
  return sample.every((row, index) => row.cells[at]?.trim() === String(first + index));
}
