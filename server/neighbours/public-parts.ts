import { type AreaOf, areasWithin } from "#core/neighbours/public-parts.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import { fixedAreas } from "#server/places/fixed-areas.ts";
import type { Places } from "#server/places/places.ts";

/** Public areas that lie in edge zones as a whole, with the names that the panel gives them. */
export interface PublicParts {
  readonly areaOf: AreaOf;
  readonly within: readonly string[];
  /** Of those that have ground in one zone. */
  readonly namesIn: (zone: EdgeZone) => readonly string[];
}

const held = new WeakMap<Places["reply"], PublicParts>();

/** Made once for each set of stored places. */
export function publicParts(places: Places): PublicParts {
  const known = held.get(places.reply);
  if (known) return known;
  const { command, edgeZones } = places;
  const { areas, areaOf } = fixedAreas(places);
  const zones = edgeZones.filter(({ isInternal }) => !isInternal).map(({ inner }) => inner);
  const within = areasWithin(command.cells, zones, areaOf);
  const isWithin = new Set(within);
  const namesIn = ({ inner }: EdgeZone) => {
    const here = new Set(inner.map((cell) => areaOf(cell, null)));
    return areas.filter(({ id }) => isWithin.has(id) && here.has(id)).map(({ name }) => name);
  };
  const parts = { areaOf, within, namesIn };
  held.set(places.reply, parts);
  return parts;
}
