import { boundsOfPolygons, widenedBounds } from "#core/geo/bounds.ts";
import type { Region } from "#core/places/place.ts";
import type { Area } from "#core/places/wire/places.ts";

/**
 * How far outside the command's bounds an event is still of use: the outer edge zones reach 1 km,
 * controls and a neighbour's own hotspots a few more.
 */
const marginKm = 5;

interface Command extends Pick<Region, "name" | "grid"> {
  readonly areas: readonly Area[];
}

/** Where events may lie: the bounds of the command's boroughs, and 5 km around them unless said; null without any. */
export function commandRegion({ areas, name, grid }: Command, aroundKm = marginKm): Region | null {
  const boroughs = areas.filter((area) => area.kind === "borough" && area.inCommand);
  if (boroughs.length === 0) return null;
  const bounds = boundsOfPolygons(boroughs.flatMap((area) => area.polygons));
  return {
    name: `${name} and ${aroundKm} km around`,
    grid,
    ...widenedBounds(bounds, aroundKm * 1_000),
  };
}
