import { area } from "@turf/area";
import { bboxPolygon } from "@turf/bbox-polygon";
import { polygonToCells } from "h3-js";
import { boundsOfPolygons } from "#core/geo/bounds.ts";
import {
  cellAreaM2,
  cellAt,
  cellCentre,
  eventResolution,
  type H3Cell,
  type Position,
} from "#core/geo/cell.ts";
import { cellsInside } from "#core/places/command.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Area } from "#core/places/wire/places.ts";

type Shape = Pick<Area, "polygons">;

/** Enough centres for an error of a few hundredths, few enough for a whole country. */
const mostCentres = 4_000;
const finest = 14;

/**
 * Share of an area inside the command, 0 to 1, by the centres of small cells: geometry engines fail
 * on nearly coincident lines, and a half-inside test needs no such precision.
 */
export function shareInside({ polygons }: Shape, command: StudySet): number {
  const resolution = resolutionFor(polygons, command);
  let [inside, all] = [0, 0];
  for (const rings of polygons) {
    for (const cell of polygonToCells(rings, resolution, true)) {
      all += 1;
      if (command.indexOf.has(cellAt(cellCentre(cell as H3Cell), eventResolution))) inside += 1;
    }
  }
  if (all > 0) return inside / all;
  // Too small for a single centre: its corners decide.
  const corners = polygons.flat(2);
  const isInside = (at: Position) => command.indexOf.has(cellAt(at, eventResolution));
  return corners.filter(isInside).length / Math.max(1, corners.length);
}

/** Finest resolution at which the bounds of all parts stay within that limit. */
function resolutionFor(polygons: Area["polygons"], command: StudySet): number {
  const known = command.cells[0];
  if (known === undefined) throw new RangeError("A study set without cells");
  const boundsM2 = polygons.reduce((sum, rings) => {
    const { west, south, east, north } = boundsOfPolygons([rings]);
    return west <= east ? sum + area(bboxPolygon([west, south, east, north])) : sum;
  }, 0);
  // Each finer resolution has cells a seventh as large.
  const steps = Math.log((mostCentres * cellAreaM2(known)) / boundsM2) / Math.log(7);
  return Math.max(0, Math.min(finest, Math.floor(command.resolution + steps)));
}

/** Share of the larger area that the two have in common, 0 to 1, by cells. */
export function sharedGround(one: Shape, other: Shape): number {
  const first = cellsInside([one], eventResolution);
  const second = new Set(cellsInside([other], eventResolution));
  const larger = Math.max(first.length, second.size);
  return larger === 0 ? 0 : first.filter((cell) => second.has(cell)).length / larger;
}
