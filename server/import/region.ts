import type { Region } from "#core/import/place.ts";
import type { Area } from "#core/wire/places.ts";
import { boundsOf } from "#server/import/ward-lookup.ts";
import { Problem } from "#server/problem.ts";

/**
 * How far outside the command's bounds an event is still of use: the outer edge zones reach 1 km,
 * controls and a neighbour's own hotspots a few more.
 */
const marginKm = 5;
const kmPerDegree = 111.2;

/** Where events may lie: the bounds of the command's boroughs, and 5 km around them. */
export function importRegion(areas: readonly Area[]): Region {
  const boroughs = areas.filter((area) => area.kind === "borough" && area.inCommand);
  if (boroughs.length === 0) {
    throw new Problem(
      409,
      "No boundary yet",
      "The command's boroughs are not in the database, so no event can be placed. Start the server once, or load the demonstration.",
    );
  }
  const bounds = boroughs.map(boundsOf);
  const west = Math.min(...bounds.map((one) => one.west));
  const east = Math.max(...bounds.map((one) => one.east));
  const south = Math.min(...bounds.map((one) => one.south));
  const north = Math.max(...bounds.map((one) => one.north));
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
