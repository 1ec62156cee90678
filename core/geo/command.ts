import { eventResolution } from "#core/geo/cell.ts";
import { cellsInside } from "#core/geo/fill.ts";
import { createStudySet, type StudySet } from "#core/geo/study-set.ts";
import { compareText } from "#core/text-order.ts";
import type { Area } from "#core/wire/places.ts";

/**
 * The resolution-10 cells whose centre lies inside the boroughs of the command
 * (DEFINITIONS, Places). Sets of resolution 9 and 8 are its parents: `parentStudySet`.
 */
export function commandStudySet(areas: readonly Area[]): StudySet {
  const boroughs = areas.filter((area) => area.kind === "borough" && area.inCommand);
  if (boroughs.length === 0) {
    throw new RangeError(`None of ${areas.length} areas is a borough of the command`);
  }
  const name = boroughs
    .map((borough) => borough.name)
    .sort(compareText)
    .join(" and ");
  return createStudySet(name, eventResolution, cellsInside(boroughs, eventResolution));
}
