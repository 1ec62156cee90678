import { cellAt, cellCentre, eventResolution, type H3Cell } from "#core/geo/cell.ts";
import { createPlane, locateOnLine, planeDistance } from "#core/geo/plane.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";

export interface ImportedStreet {
  readonly name: string;
  readonly at: [number, number];
  /** Half the diagonal of its bounds; null where the source does not say. */
  readonly reach: number | null;
}

/** A drawn road names cells by its corners; its single point would mislead. */
const onRoadMetres = 150;
/** A long street's point says little about the rest of it; a nearer name is better. */
const longReach = 300;

/**
 * The gazetteer that names cells, with imported streets where they are nearer to a cell's centre
 * than its own street, or where it has none. Without an import it is the same object.
 */
export function withImportedStreets(
  gazetteer: Gazetteer,
  imported: readonly ImportedStreet[],
  cells: ReadonlySet<H3Cell>,
): Gazetteer {
  if (imported.length === 0) return gazetteer;
  const isDrawn = createRoadTest(gazetteer.roads);
  const best = new Map<H3Cell, ImportedStreet>();
  for (const street of imported) {
    const cell = cellAt(street.at, eventResolution);
    if (!cells.has(cell) || (street.reach ?? 0) > longReach || isDrawn(street)) continue;
    const held = best.get(cell);
    if (!held || scoreOf(cell, street) < scoreOf(cell, held)) best.set(cell, street);
  }
  const kept = gazetteer.streets.filter((street) => {
    const cell = cellAt(street.at, eventResolution);
    const other = best.get(cell);
    if (!other) return true;
    const isBetter = scoreOf(cell, other) < scoreOf(cell, street);
    if (!isBetter) best.delete(cell);
    return !isBetter;
  });
  const added = [...best.values()].map(({ name, at }) => ({ name, at }));
  return added.length === 0 ? gazetteer : { ...gazetteer, streets: [...kept, ...added] };
}

/** A close or a court names a cell only where no through street does, as in data/places. */
const minorStreet = /(Close|Court|Mews|House|Place|Walk|Way|Drive|Square)$/;
const minorPenaltyMetres = 60;

/** Metres to the middle, rounded to decimetres: one point from two sources must tie. */
function scoreOf(cell: H3Cell, { name, at }: Pick<ImportedStreet, "name" | "at">): number {
  const plane = createPlane(cellCentre(cell));
  const metres = planeDistance([0, 0], plane.toPlane(at));
  return Math.round(10 * (metres + (minorStreet.test(name) ? minorPenaltyMetres : 0))) / 10;
}

function createRoadTest(roads: Gazetteer["roads"]): (street: ImportedStreet) => boolean {
  return ({ name, at }) =>
    roads.some((road) => {
      if (!road.name.startsWith(name) && !road.name.endsWith(name)) return false;
      const plane = createPlane(at);
      return locateOnLine([0, 0], road.line.map(plane.toPlane)).distance < onRoadMetres;
    });
}
