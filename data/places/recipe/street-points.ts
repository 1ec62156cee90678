import type { Position } from "#core/geo/cell.ts";
import { createPlane, planeDistance } from "#core/geo/plane.ts";
import { isKindOfPlace } from "#core/places/gazetteer/read-gazetteer.ts";
import { compareText } from "#core/text/text-order.ts";
import { readTable } from "#data/places/recipe/read-table.ts";
import { roundPosition } from "#data/places/recipe/round-areas.ts";

export interface StreetPoint {
  readonly name: string;
  readonly at: Position;
}

/** Versions of the publisher's map points moved a street's point by a little; those are one. */
const sameStreetMetres = 60;

/**
 * The publisher's map points: each is a fact of a street's name and of a point on it, in general
 * its middle. Only these are taken; no row about a crime is kept.
 */
export async function readStreetPoints(paths: readonly string[]): Promise<StreetPoint[]> {
  const found = new Map<string, Position[]>();
  for (const path of paths) {
    await readTable(path, (row) => {
      const name = streetName(row["Location"] ?? "");
      const at: Position = [Number(row["Longitude"]), Number(row["Latitude"])];
      if (!name || !Number.isFinite(at[0]) || !Number.isFinite(at[1])) return;
      const known = found.get(name) ?? [];
      if (!known.some((other) => metres(other, at) < sameStreetMetres)) known.push(at);
      found.set(name, known);
    });
  }
  return [...found]
    .flatMap(([name, points]) => points.map((at) => ({ name, at: roundPosition(at) })))
    .sort((a, b) => compareText(a.name, b.name) || a.at[1] - b.at[1] || a.at[0] - b.at[0]);
}

function streetName(location: string): string | null {
  const name = location
    .replace(/^On or near /, "")
    .replaceAll(/'S\b/g, "'s")
    .trim();
  if (name === "" || isKindOfPlace(name) || /^[ABM]\d+$/.test(name)) return null;
  // "Angel Road (North Circular Road)" is the North Circular, whose line is drawn.
  return name.replace(/ \(.*\)$/, "");
}

function metres(a: Position, b: Position): number {
  const plane = createPlane(a);
  return planeDistance([0, 0], plane.toPlane(b));
}
