import { eventResolution, unpackCells } from "#core/geo/cell.ts";
import { cellsInside } from "#core/places/fill.ts";
import { createStudySet, type StudySet } from "#core/places/study-set.ts";
import type { Area } from "#core/places/wire/places.ts";
import { compareText } from "#core/text/text-order.ts";

/**
 * The resolution-10 cells whose centre lies inside the boroughs of the command
 * (DEFINITIONS, Places). Sets of resolution 9 and 8 are its parents: `parentStudySet`.
 */
export function commandStudySet(
  areas: readonly Area[],
  name: string = commandName(areas),
): StudySet {
  return createStudySet(name, eventResolution, cellsInside(boroughsOf(areas), eventResolution));
}

/** The same set from its packed cells: filling the detailed lines again takes a quarter of a second. */
export function unpackedCommand({ name, command }: PackedCommand): StudySet {
  const cells = unpackCells(command, eventResolution).sort(compareText);
  return createStudySet(name, eventResolution, cells);
}

export interface PackedCommand {
  readonly name: string;
  readonly command: readonly string[];
}

/** "A and B" where nobody gave the command a name of its own. */
export function commandName(areas: readonly Area[]): string {
  return boroughsOf(areas)
    .map((borough) => borough.name)
    .sort(compareText)
    .join(" and ");
}

function boroughsOf(areas: readonly Area[]): readonly Area[] {
  const boroughs = areas.filter((area) => area.kind === "borough" && area.inCommand);
  if (boroughs.length > 0) return boroughs;
  throw new RangeError(`None of ${areas.length} areas is a borough of the command`);
}
