import { findReading } from "#core/records/detect.ts";
import { plain } from "#core/records/profile.ts";
import { isDateHeading } from "#core/records/time-headings.ts";
import { readHeader } from "#core/table/columns.ts";
import { filledCells } from "#core/table/delimiter.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import { normaliseWords } from "#core/text/normalise.ts";
import { headingText } from "#core/text/personal-columns.ts";

export function areHeadings(cells: readonly string[]): boolean {
  let hasDate = false;
  let hasPlace = false;
  for (const cell of cells) {
    if (cell.length > longestHeading) return false;
    const words = normaliseWords(cell);
    hasDate ||= isDateHeading(words);
    hasPlace ||= placeHeadings.has(words);
  }
  return hasDate && hasPlace;
}

const longestHeading = 60;
const placeHeadings: ReadonlySet<string> = new Set(
  (["latitude", "easting", "grid_reference"] as const).flatMap((role) => plain.columns[role] ?? []),
);

type Mapping = Readonly<Record<string, string>>;

/** Most rows above the headings: titles, printing dates, merged headings. */
export const headerWithin = 20;

/**
 * Which of the first records is the header: the one with all columns that a person named, else the
 * first whose headings tell a date and a place, else the first with two filled cells.
 */
export function headerAt(records: readonly TableRow[], map: Mapping = {}): number {
  const first = records.slice(0, headerWithin);
  const said = Object.values(map).filter((column) => column !== "");
  const named = said.length === 0 ? -1 : first.findIndex((row) => hasAll(row, said));
  if (named !== -1) return named;
  const told = first.findIndex(isWholeReading);
  if (told !== -1) return told;
  return Math.max(
    0,
    first.findIndex((row) => filledCells(row) >= 2),
  );
}

function hasAll({ cells }: TableRow, columns: readonly string[]): boolean {
  const names = cells.map(headingText);
  const words = new Set(names.map(normaliseWords));
  return columns.every((column) => {
    const name = headingText(column);
    return names.includes(name) || words.has(normaliseWords(name));
  });
}

function isWholeReading(row: TableRow): boolean {
  try {
    findReading(readHeader(row), { profile: "auto", map: {} });
    return true;
  } catch (error) {
    if (error instanceof FileFault) return false;
    throw error;
  }
}
