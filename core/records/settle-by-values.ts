import { degreesOf } from "#core/places/coordinate.ts";
import type { Region } from "#core/places/place.ts";
import type { Reading } from "#core/records/detect.ts";
import { categoryOf, kindOf, sourceOf } from "#core/records/words.ts";
import type { Header } from "#core/table/columns.ts";
import type { TableRow } from "#core/table/row-reader.ts";

/** The same rows on the page, which has the beginning of the file, and on the server. */
export const lookedAtRows = 200;
/** Share of a column's values that must fit. */
const leastFit = 0.9;

/** Headings that say neither degrees nor metres. */
const openHeadings = /^(?:x|y|coord x|coord y|x coord|y coord|x coordinate|y coordinate)$/;
/**
 * Headings that may say it, where the values are words of its list. The source decides what counts as reported, and names
 * of people stand under such a heading too.
 */
const wordHeadings = [
  ["kind", /\b(?:kind|type)\b/, kindOf],
  ["category", /\b(?:category|offence|class|classification|type)\b/, categoryOf],
  ["source", /\breported by\b/, sourceOf],
] as const;

/**
 * What a plain table's headings leave open: "x" and "y" are metres unless their values are degrees of the region, and a
 * column of words is a kind, category or source where nearly all of its words are.
 */
export function settleByValues(
  reading: Reading,
  { words, personal }: Header,
  sample: readonly TableRow[],
  region: Region,
): Reading {
  if (reading.profile.name !== "plain") return reading;
  const fits = (at: number, isRead: (value: string) => boolean) => fitsAt(sample, at, isRead);
  const columns = new Map(reading.columns);
  const byValues = [...reading.byValues];
  for (const [metres, degrees, low, high] of [
    ["easting", "longitude", region.west, region.east],
    ["northing", "latitude", region.south, region.north],
  ] as const) {
    const at = columns.get(metres);
    if (at === undefined || reading.said.has(metres) || columns.has(degrees)) continue;
    const isWithin = (value: string) => degreesOf(value) >= low && degreesOf(value) <= high;
    if (!openHeadings.test(words[at] ?? "") || !fits(at, isWithin)) continue;
    columns.delete(metres);
    columns.set(degrees, at);
    byValues.push(degrees);
  }
  for (const [role, heading, entryOf] of wordHeadings) {
    if (columns.has(role) || reading.said.has(role)) continue;
    const used = new Set(columns.values());
    const at = words.findIndex(
      (written, place) =>
        heading.test(written) &&
        !used.has(place) &&
        !personal.has(place) &&
        fits(place, (value) => entryOf(value) !== undefined),
    );
    if (at === -1) continue;
    columns.set(role, at);
    byValues.push(role);
  }
  return { ...reading, columns, byValues };
}

/** Whether nearly all first values of a column are such; false without any. */
export function fitsAt(
  sample: readonly TableRow[],
  at: number,
  isRead: (value: string) => boolean,
): boolean {
  const values = sample.slice(0, lookedAtRows).flatMap(({ cells }) => cells[at]?.trim() || []);
  return values.length > 0 && values.filter(isRead).length >= leastFit * values.length;
}
