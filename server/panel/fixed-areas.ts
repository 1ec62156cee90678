import { type PublicAreas, publicAreas } from "#core/panel/public-areas.ts";
import type { Places } from "#server/places/places.ts";

const held = new WeakMap<Places, PublicAreas>();

/** Made once for each set of stored places. */
export function fixedAreas(places: Places): PublicAreas {
  const { areas, gazetteer } = places.reply;
  const fixed = held.get(places) ?? publicAreas(areas, gazetteer.neighbourhoods);
  held.set(places, fixed);
  return fixed;
}
