import { createPatrolGround, type PatrolGround } from "#core/blackouts/patrol-ground.ts";
import type { PlacesReply } from "#core/wire/places.ts";

const made = new WeakMap<PlacesReply, PatrolGround>();

/** Worked out when first asked for: filling the command with cells takes a moment. */
export function groundOf(map: PlacesReply): PatrolGround {
  const known = made.get(map);
  if (known) return known;
  const ground = createPatrolGround(map.areas);
  made.set(map, ground);
  return ground;
}
