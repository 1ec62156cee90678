import type { Operation } from "#core/displacement/operation.ts";
import { cellAt, cellCentre, disk, eventResolution, type H3Cell } from "#core/geo/cell.ts";
import { createPlane, locateOnLine } from "#core/geo/plane.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";
import { compareText } from "#core/text/text-order.ts";
import { operationStart } from "#data/demo/settings.ts";

export const operationName = "boxster-2021";

/** Cells whose centre lies within this of Fore Street are treated: the street and its first houses. */
export const treatedReachMetres = 130;
/** From the North Circular on; the stretch south of it is left to the edge between the boroughs. */
const southernmostLat = 51.6133;

export function createOperation(gazetteer: Gazetteer): Operation {
  return {
    name: operationName,
    cells: treatedCells(gazetteer),
    startsOn: operationStart,
    endsOn: null,
    control: null,
    phases: [],
  };
}

/** Fore Street from the North Circular to The Broadway. */
export function treatedCells({ roads }: Pick<Gazetteer, "roads">): H3Cell[] {
  const road = roads.find(({ name }) => name === "Fore Street");
  if (!road) throw new RangeError("The gazetteer has no Fore Street");
  const plane = createPlane(road.line[0] ?? [0, 0]);
  const line = road.line.map(plane.toPlane);
  const near = new Set(road.line.flatMap((at) => disk(cellAt(at, eventResolution), reachRings)));
  return [...near]
    .filter((cell) => {
      const centre = cellCentre(cell);
      const isNear = locateOnLine(plane.toPlane(centre), line).distance <= treatedReachMetres;
      return isNear && centre[1] >= southernmostLat;
    })
    .sort(compareText);
}

/** Enough rings around the points of the line to hold every cell within reach of it. */
const reachRings = 6;
