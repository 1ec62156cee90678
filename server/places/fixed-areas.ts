import { type PublicAreas, publicAreas } from "#core/places/public-areas.ts";
import type { Places } from "#server/places/places.ts";

const held = new WeakMap<Places["reply"], PublicAreas>();

/** Made once for each set of stored places. */
export function fixedAreas({ reply }: Places): PublicAreas {
  const fixed = held.get(reply) ?? publicAreas(reply.areas, reply.gazetteer.neighbourhoods);
  held.set(reply, fixed);
  return fixed;
}
