import { eventResolution } from "#core/geo/cell.ts";
import { cellsInside } from "#core/places/fill.ts";
import { createStudySet, type StudySet } from "#core/places/study-set.ts";
import type { Area, StudyArea } from "#core/places/wire/places.ts";

/** The areas by their cells of the command; those that hold the centre of none are left out. */
export function studyAreas(areas: readonly Area[], command: StudySet): StudyArea[] {
  return areas.flatMap((area): StudyArea[] => {
    const { kind, code, name } = area;
    if (kind === "borough" || kind === "neighbour") return [];
    const cells = cellsInside([area], eventResolution).flatMap((cell) => {
      const index = command.indexOf.get(cell);
      return index === undefined ? [] : [index];
    });
    return cells.length === 0 ? [] : [{ kind, code, name, cells }];
  });
}

/** By `kind:name`, by name (wards before neighbourhoods, those before LSOAs and beats), or by code. */
export function findStudyArea(areas: readonly StudyArea[], asked: string): StudyArea | undefined {
  return (
    areas.find((area) => studyAreaKey(area) === asked) ??
    areas.find(({ name }) => name === asked) ??
    areas.find(({ code }) => code === asked)
  );
}

/** Tells a ward and a neighbourhood of one name apart. */
export function studyAreaKey({ kind, name }: Pick<StudyArea, "kind" | "name">): string {
  return `${kind}:${name}`;
}

export function studySetOf({ name, cells }: StudyArea, command: StudySet): StudySet {
  const own = cells.flatMap((index) => command.cells[index] ?? []);
  return createStudySet(name, eventResolution, own);
}
