import { type PackedCommand, unpackedCommand } from "#core/places/command.ts";
import { type PatrolGround, patrolGroundOf } from "#core/protected-time/patrol-ground.ts";

const made = new WeakMap<PackedCommand, PatrolGround>();

/** Worked out when first asked for: the cells beside the command take a moment. */
export function groundOf(map: PackedCommand): PatrolGround {
  const known = made.get(map);
  if (known) return known;
  const ground = patrolGroundOf(unpackedCommand(map));
  made.set(map, ground);
  return ground;
}
