import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { cellAt, type H3Cell } from "#core/geo/cell.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { hasSharedFile, sharedFile } from "#tests/support/shared-data.ts";

const file = "police_uk/2012-2019-street-burglary.csv.gz";

/** Said by a test that is skipped for want of it. */
export const noBurglaries = hasSharedFile(file)
  ? null
  : `(skipped: ${sharedFile(file)} is not there)`;

/** Published burglaries by year, each in the cells of a study set. */
export function burglariesByYear(study: StudySet): ReadonlyMap<number, Int32Array> {
  const years = new Map<number, Int32Array>();
  for (const line of gunzipSync(readFileSync(sharedFile(file)))
    .toString()
    .trim()
    .split("\n")) {
    const [month = "", longitude, latitude] = line.split(",");
    const year = Number(month.slice(0, 4));
    if (!year) continue;
    const cell: H3Cell = cellAt([Number(longitude), Number(latitude)], study.resolution);
    const index = study.indexOf.get(cell);
    const counts = years.get(year) ?? new Int32Array(study.cells.length);
    years.set(year, counts);
    if (index !== undefined) counts[index] = (counts[index] as number) + 1;
  }
  return years;
}
