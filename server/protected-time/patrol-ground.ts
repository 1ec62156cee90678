import type { StudySet } from "#core/places/study-set.ts";
import { type PatrolGround, patrolGroundOf } from "#core/protected-time/patrol-ground.ts";
import type { Services } from "#server/acts/services.ts";
import { placesOf } from "#server/places/places.ts";

const made = new WeakMap<StudySet, PatrolGround>();

/**
 * Where patrols can be. Null while no boundary of the command is stored: nothing is planned then,
 * so nothing is refused. Ask before a transaction: it opens one of its own.
 */
export async function patrolGround(services: Pick<Services, "db">): Promise<PatrolGround | null> {
  try {
    const { command } = await placesOf(services);
    const ground = made.get(command) ?? patrolGroundOf(command);
    made.set(command, ground);
    return ground;
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}
