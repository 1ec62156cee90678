import {
  cellAt,
  disk,
  eventResolution,
  type H3Cell,
  type Position,
  sortCells,
} from "#core/geo/cell.ts";
import { createPlane } from "#core/geo/plane.ts";
import { pointsAlong } from "#core/geo/points-along.ts";
import type { ListedPlace } from "#core/places/finding/list.ts";
import type { Neighbourhood } from "#core/places/neighbourhood.ts";

/** Width of a street on either side; built-in lines are accurate to 14 m. */
const besideMetres = 25;
/** Rings around a street known by one point: at least 250 m. */
const ringsAround = 2;
const stepMetres = 10;
const directions = [0, 1, 2, 3, 4, 5, 6, 7].map((eighth) => (eighth * Math.PI) / 4);

/** A whole street or neighbourhood; one cell for a corner or station. */
export function cellsOfPlace(place: ListedPlace, neighbourhoods: readonly Neighbourhood[]) {
  const here = cellAt(place.at, eventResolution);
  if (place.kind === "street") {
    const around = place.points.flatMap((at) => disk(cellAt(at, eventResolution), ringsAround));
    return sortCells(new Set([...around, ...cellsBeside(place.lines)]));
  }
  if (place.kind !== "neighbourhood") return [here];
  return neighbourhoods.find(({ cells }) => cells.includes(here))?.cells ?? [here];
}

/** Every cell that a street along these lines touches, its pavements included. */
export function cellsBeside(lines: readonly (readonly Position[])[]): Set<H3Cell> {
  const cells = new Set<H3Cell>();
  for (const line of lines) {
    const [first] = line;
    if (!first) continue;
    const plane = createPlane(first);
    for (const [east, north] of pointsAlong(line.map(plane.toPlane), stepMetres)) {
      const sides = directions.map(
        (angle) =>
          [east + besideMetres * Math.cos(angle), north + besideMetres * Math.sin(angle)] as const,
      );
      for (const point of [[east, north] as const, ...sides]) {
        cells.add(cellAt(plane.toPosition(point), eventResolution));
      }
    }
  }
  return cells;
}
