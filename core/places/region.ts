import type { Position } from "#core/geo/cell.ts";
import type { Region } from "#core/places/place.ts";
import type { Area } from "#core/places/wire/places.ts";

/**
 * How far outside the command's bounds an event is still of use: the outer edge zones reach 1 km,
 * controls and a neighbour's own hotspots a few more.
 */
const marginKm = 5;
const kmPerDegree = 111.2;

/** Where events may lie: the bounds of the command's boroughs, and 5 km around them; null without any. */
export function commandRegion(areas: readonly Area[]): Region | null {
  const boroughs = areas.filter((area) => area.kind === "borough" && area.inCommand);
  if (boroughs.length === 0) return null;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lng, lat] of boroughs.flatMap((area): Position[] => area.polygons.flat(2))) {
    west = Math.min(west, lng);
    east = Math.max(east, lng);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const up = marginKm / kmPerDegree;
  const across = up / Math.cos((((south + north) / 2) * Math.PI) / 180);
  const names = boroughs.map((borough) => borough.name).sort();
  return {
    name: `${names.join(" and ")} and ${marginKm} km around`,
    west: west - across,
    east: east + across,
    south: south - up,
    north: north + up,
  };
}
