import { polygonToCells } from "h3-js";
import { eventResolution, type H3Cell, unpackCells } from "#core/geo/cell.ts";
import { onceFor } from "#core/once-for.ts";
import { drawnStudySet, parseDrawn } from "#core/places/drawn-area.ts";
import { createStudySet, type StudySet } from "#core/places/study-set.ts";
import type { Area, PlacesReply, StudyArea } from "#core/places/wire/places.ts";
import { compareText } from "#core/text/text-order.ts";

/**
 * Resolution-10 cells whose centre lies inside the command's boroughs (DEFINITIONS, Places). Sets
 * of resolution 9 and 8 are its parents: `parentStudySet`.
 */
export function commandStudySet(areas: readonly Area[], name: string = commandName(areas)) {
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

/** "A and B" for a command without a name of its own. */
export function commandName(areas: readonly Area[]): string {
  return boroughsOf(areas)
    .map((borough) => borough.name)
    .sort(compareText)
    .join(" and ");
}

export function ownBoroughs(areas: readonly Area[]): readonly Area[] {
  return areas.filter(({ kind, inCommand }) => kind === "borough" && inCommand);
}

function boroughsOf(areas: readonly Area[]): readonly Area[] {
  const boroughs = ownBoroughs(areas);
  if (boroughs.length > 0) return boroughs;
  throw new RangeError(`None of ${areas.length} areas is a borough of the area`);
}

export function cellsInside(areas: readonly Pick<Area, "polygons">[], resolution: number) {
  const cells = new Set<H3Cell>();
  for (const { polygons } of areas) {
    for (const rings of polygons) for (const cell of cellsOf(rings, resolution)) cells.add(cell);
  }
  return [...cells].sort(compareText);
}

/** Cached: boroughs are often asked for, and filling their lines takes a quarter of a second. */
const filled = onceFor((_: Area["polygons"][number]) => new Map<number, readonly H3Cell[]>());

function cellsOf(rings: Area["polygons"][number], resolution: number): readonly H3Cell[] {
  const known = filled(rings);
  const cells = known.get(resolution) ?? (polygonToCells(rings, resolution, true) as H3Cell[]);
  known.set(resolution, cells);
  return cells;
}

/** Areas by their cells of the command; without those that hold no cell centre. */
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

export function studyAreaKey({ kind, name }: Pick<StudyArea, "kind" | "name">): string {
  return `${kind}:${name}`;
}

/**
 * The part of the command that a name stands for: one of its boroughs, the whole, an area drawn by hand (`drawn:LNG,LAT,...`) or
 * another area, by `ward:NAME` where several kinds share a name; null for none.
 */
export function namedStudySet(
  { areas, studyAreas }: Pick<PlacesReply, "areas" | "studyAreas">,
  command: StudySet,
  asked: string,
  drawnAs?: string,
): StudySet | null {
  // Before the whole: a part may have the command's name.
  const borough = ownBoroughs(areas).find(({ name }) => name === asked);
  if (borough) {
    const cells = cellsInside([borough], eventResolution);
    const own = cells.filter((cell) => command.indexOf.has(cell));
    return createStudySet(borough.name, eventResolution, own);
  }
  if (asked === command.name) return command;
  const corners = parseDrawn(asked);
  if (corners) return drawnStudySet(corners, command, drawnAs);
  const area = findStudyArea(studyAreas, asked);
  if (!area) return null;
  const own = area.cells.flatMap((index) => command.cells[index] ?? []);
  return createStudySet(area.name, eventResolution, own);
}
