import {
  cellAt,
  disk,
  eventResolution,
  type H3Cell,
  type Position,
  sortCells,
} from "#core/geo/cell.ts";
import { createPlane, planeDistance } from "#core/geo/plane.ts";
import type { ListedPlace } from "#core/places/finding/list.ts";
import type { Neighbourhood } from "#core/places/neighbourhood.ts";

/** A street is so wide on either side of its line, and the lines that are built in are right to 14 m. */
const besideMetres = 25;
/** So many rings of cells around the one point at which a street is known: 250 m at least. */
const ringsAround = 2;
const stepMetres = 10;
const directions = [0, 1, 2, 3, 4, 5, 6, 7].map((eighth) => (eighth * Math.PI) / 4);

/** The whole of a place: a street from end to end, a neighbourhood to its edges, of a corner or station the one cell. */
export function cellsOfPlace(
  place: ListedPlace,
  neighbourhoods: readonly Neighbourhood[],
): readonly H3Cell[] {
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
    const points = line.map(plane.toPlane);
    points.forEach((from, index) => {
      const to = points[index + 1] ?? from;
      const steps = Math.max(1, Math.ceil(planeDistance(from, to) / stepMetres));
      for (let step = 0; step <= steps; step += 1) {
        const share = step / steps;
        const east = from[0] + share * (to[0] - from[0]);
        const north = from[1] + share * (to[1] - from[1]);
        cells.add(cellAt(plane.toPosition([east, north]), eventResolution));
        for (const angle of directions) {
          const side = [
            east + besideMetres * Math.cos(angle),
            north + besideMetres * Math.sin(angle),
          ] as const;
          cells.add(cellAt(plane.toPosition(side), eventResolution));
        }
      }
    });
  }
  return cells;
}
