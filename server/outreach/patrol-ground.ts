import { createPatrolGround, type PatrolGround } from "#core/blackouts/patrol-ground.ts";
import type { Services } from "#server/context.ts";
import { placesOf } from "#server/places/places.ts";

/**
 * Where patrols can be. Null while no boundary of the command is stored: nothing is planned then,
 * so nothing is refused. Ask before a transaction: it opens one of its own.
 */
export async function patrolGround(services: Pick<Services, "db">): Promise<PatrolGround | null> {
  try {
    return createPatrolGround((await placesOf(services)).reply.areas);
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}
