import { cleanFileName } from "#core/import/file-name.ts";
import type { Actor } from "#core/model/role.ts";
import type { UndoResult } from "#core/wire/import.ts";
import type { ActServices } from "#server/audit/notes.ts";
import { Problem } from "#server/problem.ts";
import { deleteBatch } from "#server/queries/batches.ts";

/** Removes a batch and all that it brought. */
export function undoBatch(
  { db, addDetail }: Pick<ActServices, "db" | "addDetail">,
  actor: Actor,
  batch: number,
): Promise<UndoResult> {
  addDetail({ batch });
  return db.transaction(actor, async (tx) => {
    const [removed] = await deleteBatch(tx, batch);
    if (!removed) {
      throw new Problem(
        404,
        "No such batch",
        `There is no batch ${batch}; it may have been undone.`,
      );
    }
    addDetail({ events: removed.accepted });
    return { batch, fileName: cleanFileName(removed.fileName), removed: removed.accepted };
  });
}
