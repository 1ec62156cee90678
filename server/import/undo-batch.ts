import { cleanFileName } from "#core/import/file-name.ts";
import type { Actor } from "#core/model/role.ts";
import type { UndoResult } from "#core/wire/import.ts";
import type { Database } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import { deleteBatch } from "#server/queries/batches.ts";

/** Removes a batch and all that it brought. */
export async function undoBatch(db: Database, actor: Actor, batch: number): Promise<UndoResult> {
  const [removed] = await db.transaction(actor, (tx) => deleteBatch(tx, batch));
  if (!removed) {
    throw new Problem(404, "No such batch", `There is no batch ${batch}; it may have been undone.`);
  }
  return { batch, fileName: cleanFileName(removed.fileName), removed: removed.accepted };
}
