import { boundsOfPolygons, isWithin } from "#core/geo/bounds.ts";
import type { Position } from "#core/geo/cell.ts";
import { isInsidePolygons } from "#core/geo/point-in-polygon.ts";
import { commandRegion, type Region } from "#core/places/place.ts";
import type { Area } from "#core/places/wire/places.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { Config } from "#server/config.ts";
import { Problem } from "#server/problem.ts";

/** The code of the ward that holds a point; undefined outside all of them. */
export type WardLookup = (position: Position) => string | undefined;

/**
 * Looks a ward up from the point while the point is still available (DEFINITIONS, Places). Always
 * undefined until a ward set is imported.
 */
export function createWardLookup(areas: readonly Area[]): WardLookup {
  const wardAt = createAreaLookup(areas, ["ward"]);
  return (position) => wardAt(position)?.code;
}

export function createAreaLookup(areas: readonly Area[], kinds: readonly Area["kind"][]) {
  const held = areas
    .filter(({ kind }) => kinds.includes(kind))
    .map((area) => ({ area, bounds: boundsOfPolygons(area.polygons) }));
  return (position: Position) =>
    held.find(
      ({ area, bounds }) => isWithin(bounds, position) && isInsidePolygons(position, area.polygons),
    )?.area;
}

export const gridNote = "Read as metres of the British National Grid (EPSG:27700).";

/** Metres need the pack's grid; without one a file must be in degrees. */
export function refuseWithoutGrid(
  { places }: Pick<Config, "places">,
  { isOnGrid }: { readonly isOnGrid: boolean },
): void {
  if (!isOnGrid || places.pack.grid) return;
  throw new FileFault(
    "the file is in metres; export it in longitude and latitude (WGS84, EPSG:4326)",
  );
}

/** Where events may lie; refused while the command has no boundary. */
export function importRegion(
  { places }: Pick<Config, "places">,
  areas: readonly Area[],
  aroundKm?: number,
): Region {
  const region = commandRegion({ ...places.pack, areas }, aroundKm);
  if (region) return region;
  throw new Problem(
    409,
    "No boundary yet",
    "The places of the area are not in the database, so events cannot be located. Start the server once, or load the demonstration.",
  );
}
