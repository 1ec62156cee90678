import { type PatrolGround, patrolGroundOf } from "#core/blackouts/patrol-ground.ts";
import { unpackedCommand } from "#core/geo/command.ts";
import type { PlacesReply } from "#core/wire/places.ts";

const made = new WeakMap<PlacesReply, PatrolGround>();

/** Worked out when first asked for: the cells beside the command take a moment. */
export function groundOf(map: PlacesReply): PatrolGround {
  const known = made.get(map);
  if (known) return known;
  const ground = patrolGroundOf(unpackedCommand(map));
  made.set(map, ground);
  return ground;
}
