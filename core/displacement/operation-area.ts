import {
  cellAt,
  cellCentre,
  disk,
  eventResolution,
  type H3Cell,
  metresBetween,
  type Position,
} from "#core/geo/cell.ts";
import { createPlane, locateOnLine, planeDistance } from "#core/geo/plane.ts";
import { cellsInside } from "#core/places/command.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";
import { failure, type Result, success } from "#core/result.ts";
import { compareText } from "#core/text/text-order.ts";

export const areaWays = ["drawn", "picked", "named", "corridor", "cells"] as const;
export type AreaWay = (typeof areaWays)[number];

export interface OperationArea {
  readonly by: AreaWay;
  /** Of a named area, a street or a file; else null. */
  readonly name: string | null;
  readonly cells: readonly H3Cell[];
}

/** Wider than the command: a line drawn around a county. */
const widestM = 40_000;
export const narrowestCorridorM = 10;
export const widestCorridorM = 500;
/** Points this close along a line touch every cell on their way. */
const stepM = 30;
/** The centres of neighbouring cells lie at least this far apart. */
const cellStepM = 105;

/** Every cell whose centre is inside a drawn line, within the command or not. */
export function cellsInDrawn(corners: readonly Position[]): Result<readonly H3Cell[]> {
  return cellsInPolygons([[corners]]);
}

export function cellsInPolygons(
  polygons: readonly (readonly (readonly Position[])[])[],
): Result<readonly H3Cell[]> {
  if (isTooWide(polygons.flat(2))) return failure(tooWide);
  const drawn = polygons.map((rings) => rings.map((ring) => ring.map(([x, y]) => [x, y])));
  const cells = cellsInside([{ polygons: drawn as [number, number][][][] }], eventResolution);
  return cells.length === 0
    ? failure("This area is too small: it contains no cell centre. Draw it larger.")
    : success(cells);
}

/**
 * Cells whose centre lies within so many metres of a line, plus those that a line crosses: a narrow
 * corridor has no gaps.
 */
export function cellsAlong(
  lines: readonly (readonly Position[])[],
  widthM: number,
): Result<readonly H3Cell[]> {
  const isWidth = widthM >= narrowestCorridorM && widthM <= widestCorridorM;
  if (!isWidth) {
    return failure(
      `Enter a width of ${narrowestCorridorM} to ${widestCorridorM} metres on either side.`,
    );
  }
  const points = lines.flat();
  if (points.length < 2) return failure("A corridor needs a line of at least two points.");
  if (isTooWide(points)) return failure(tooWide);
  const cells = new Set<H3Cell>();
  for (const line of lines) for (const cell of cellsAlongOne(line, widthM)) cells.add(cell);
  return success([...cells].sort(compareText));
}

function cellsAlongOne(line: readonly Position[], widthM: number): Set<H3Cell> {
  const plane = createPlane(line[0] ?? [0, 0]);
  const flat = line.map(plane.toPlane);
  const found = new Set<H3Cell>();
  const near = new Set<H3Cell>();
  const rings = Math.ceil(widthM / cellStepM) + 1;
  flat.forEach((from, index) => {
    const to = flat[index + 1] ?? from;
    const steps = Math.max(1, Math.ceil(planeDistance(from, to) / stepM));
    for (let step = 0; step <= steps; step += 1) {
      const share = step / steps;
      const at = [
        from[0] + share * (to[0] - from[0]),
        from[1] + share * (to[1] - from[1]),
      ] as const;
      const cell = cellAt(plane.toPosition(at), eventResolution);
      if (found.has(cell)) continue;
      found.add(cell);
      for (const other of disk(cell, rings)) near.add(other);
    }
  });
  for (const cell of near) {
    const centre = plane.toPlane(cellCentre(cell));
    if (locateOnLine(centre, flat).distance <= widthM) found.add(cell);
  }
  return found;
}

/** DEFINITIONS: a cell at resolution 10 is 13,422 m² here. */
export const cellKm2 = 0.013_422;

export interface CutArea {
  /** Within the command, each once, sorted. */
  readonly inside: readonly H3Cell[];
  readonly outside: number;
}

export function cutAtCommand(
  cells: readonly H3Cell[],
  command: Pick<StudySet, "indexOf">,
): CutArea {
  const each = [...new Set(cells)].sort(compareText);
  const inside = each.filter((cell) => command.indexOf.has(cell));
  return { inside, outside: each.length - inside.length };
}

/** "Edmonton Green", "Along Fore Street, 130 m on either side", "Drawn on the map". */
export function areaWords({ by, name }: Pick<OperationArea, "by" | "name">): string {
  return name ?? wayWords[by];
}

const wayWords: Readonly<Record<AreaWay, string>> = {
  drawn: "Drawn on the map",
  picked: "Chosen cell by cell",
  named: "A named area",
  corridor: "Along a line drawn on the map",
  cells: "Given as cells",
};

export function corridorName(street: string, widthM: number): string {
  return `Along ${street}, ${widthM} m on either side`;
}

const tooWide = "This is more than 40 km across. Draw only the places of the operation.";

function isTooWide(points: readonly Position[]): boolean {
  const [first] = points;
  return first !== undefined && points.some((point) => metresBetween(first, point) > widestM);
}

export function streetsWithLine({ roads }: Pick<Gazetteer, "roads">): readonly string[] {
  return [...new Set(roads.map(({ name }) => name))].sort(compareText);
}

/** The corridor on either side of a street; all pieces of a street count. */
export function streetArea(
  gazetteer: Pick<Gazetteer, "roads" | "streets">,
  street: string,
  widthM: number,
): Result<OperationArea> {
  const key = street.trim().toLowerCase();
  const pieces = gazetteer.roads.filter(({ name }) => name.toLowerCase() === key);
  const [first] = pieces;
  if (!first) return failure(unknownStreet(gazetteer, street.trim()));
  const cells = cellsAlong(
    pieces.map(({ line }) => line),
    widthM,
  );
  if (!cells.ok) return cells;
  const name = corridorName(first.name, widthM);
  return success({ by: "corridor", name, cells: cells.value });
}

function unknownStreet({ roads, streets }: Pick<Gazetteer, "roads" | "streets">, street: string) {
  if (street === "") return "Enter a street.";
  const isPoint = streets.some(({ name }) => name.toLowerCase() === street.toLowerCase());
  if (isPoint) {
    return `Only the midpoint of "${street}" is known, not its line. Draw it on the map instead.`;
  }
  const first = street.slice(0, 3).toLowerCase();
  const like = streetsWithLine({ roads }).filter((name) => name.toLowerCase().startsWith(first));
  const hint =
    like.length > 0 ? ` Streets that start with this: ${like.slice(0, 5).join(", ")}.` : "";
  return `The line of "${street}" is not known.${hint} Draw it on the map instead.`;
}
