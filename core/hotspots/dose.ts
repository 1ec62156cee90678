import { type H3Cell, parentCell } from "#core/geo/cell.ts";
import type { DoseReply } from "#core/hotspots/wire/dose.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { dayMs, parseLocalDate } from "#core/time/zone.ts";

interface DoseFilter {
  /** Inclusive London dates. */
  readonly from: string;
  readonly to: string;
  /** 0 is Monday. */
  readonly days: readonly number[];
}

/** Per cell of the study set; `inside` as from `studyIndexOfCells`. */
export function minutesByCell(
  dose: DoseReply,
  study: StudySet,
  inside: StudySet,
  { from, to, days }: DoseFilter,
): Float64Array {
  const minutes = new Float64Array(study.cells.length);
  const first = parseLocalDate(from) / dayMs;
  const last = parseLocalDate(to) / dayMs;
  const places = dose.cells.map((name) => {
    const cell = name as H3Cell;
    const isInside = inside.indexOf.has(parentCell(cell, inside.resolution));
    return isInside ? (study.indexOf.get(parentCell(cell, study.resolution)) ?? -1) : -1;
  });
  dose.cell.forEach((cell, row) => {
    const day = dose.day[row] ?? 0;
    const place = places[cell] ?? -1;
    if (place < 0 || day < first || day > last || !days.includes(weekdayOf(day))) return;
    minutes[place] = (minutes[place] ?? 0) + (dose.minutes[row] ?? 0);
  });
  return minutes;
}

/** Monday is 0; 1 January 1970 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}
