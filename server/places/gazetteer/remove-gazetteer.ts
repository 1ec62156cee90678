import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import { forgetPlaces } from "#server/places/places.ts";
import { deleteGazetteer } from "#server/places/queries/gazetteer.ts";
import { Problem } from "#server/problem.ts";

/** Takes a gazetteer away with its names; events that were placed by it stay where they are. */
export async function removeGazetteer(
  { db, addDetail }: Pick<ActServices, "db" | "addDetail">,
  actor: Actor,
  id: number,
): Promise<{ gazetteer: number; removed: number }> {
  addDetail({ gazetteer: id });
  const removed = await withOptions(db, { long: true }).transaction(actor, async (tx) => {
    const kept = await deleteGazetteer(tx, id);
    if (kept !== null) return kept;
    throw new Problem(
      404,
      "No such gazetteer",
      `There is no gazetteer ${id}; it may have been removed.`,
    );
  });
  forgetPlaces(db);
  return { gazetteer: id, removed };
}
