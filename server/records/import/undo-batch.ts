import type { UndoResult } from "#core/records/wire/import.ts";
import type { Actor } from "#core/role.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import type { ActServices } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import { undoBatchRows } from "#server/records/queries/batches.ts";
import { deleteUnusedTypes } from "#server/records/queries/event-types.ts";

/** Removes all that a batch brought; the history says that it was undone, when and by whom. */
export function undoBatch(
  { db, addDetail }: Pick<ActServices, "db" | "addDetail">,
  actor: Actor,
  batch: number,
): Promise<UndoResult> {
  addDetail({ batch });
  return withOptions(db, { events: true, long: true }).transaction(actor, async (tx) => {
    const [removed] = await undoBatchRows(tx, batch, actor.person);
    if (!removed) {
      throw new Problem(
        404,
        "No such batch",
        `There is no import ${batch}, or it was already undone.`,
      );
    }
    await deleteUnusedTypes(tx);
    addDetail({ events: removed.removed });
    return { batch, fileName: cleanFileName(removed.fileName), removed: removed.removed };
  });
}
