import { cellAt, cellCentre, eventResolution, type H3Cell } from "#core/geo/cell.ts";
import { createPlane, locateOnLine, planeDistance } from "#core/geo/plane.ts";
import type { RoadLine } from "#data/places/recipe/road-lines.ts";
import type { StreetPoint } from "#data/places/recipe/street-points.ts";

/** A close or a court names a cell only where no through street does. */
const minorStreet = /(Close|Court|Mews|House|Place|Walk|Way|Drive|Square)$/;
const minorPenaltyMetres = 60;
/** A long street has several points; two cells beside each other must not share its name. */
const namesakeMetres = 600;

/** One street for each cell that holds any: what a small gazetteer needs to name every cell. */
export function thinStreets(
  streets: readonly StreetPoint[],
  cells: ReadonlySet<H3Cell>,
  roads: readonly RoadLine[],
): StreetPoint[] {
  const best = new Map<H3Cell, { readonly street: StreetPoint; readonly score: number }>();
  for (const street of streets) {
    const cell = cellAt(street.at, eventResolution);
    if (!cells.has(cell) || isDrawnRoad(street, roads)) continue;
    const plane = createPlane(cellCentre(cell));
    const score =
      planeDistance([0, 0], plane.toPlane(street.at)) +
      (minorStreet.test(street.name) ? minorPenaltyMetres : 0);
    const held = best.get(cell);
    if (!held || score < held.score) best.set(cell, { street, score });
  }
  const chosen = new Set([...best.values()].map(({ street }) => street));
  const kept: StreetPoint[] = [];
  for (const street of streets) {
    if (!chosen.has(street)) continue;
    const plane = createPlane(street.at);
    const isNearNamesake = kept.some(
      (other) =>
        other.name === street.name &&
        planeDistance([0, 0], plane.toPlane(other.at)) < namesakeMetres,
    );
    if (!isNearNamesake) kept.push(street);
  }
  return kept;
}

/** The publisher's points of a road that is drawn as a line. */
export function isDrawnRoad(street: StreetPoint, roads: readonly RoadLine[]): boolean {
  return roads.some((road) => {
    if (!road.name.startsWith(street.name) && !road.name.endsWith(street.name)) return false;
    const plane = createPlane(street.at);
    return locateOnLine([0, 0], road.line.map(plane.toPlane)).distance < 150;
  });
}
