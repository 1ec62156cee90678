import { z } from "zod";
import { columnTypes } from "#core/contract/fields.ts";
import { type ImportBatch, importBatch, type UndoResult } from "#core/records/wire/import.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import type { Act } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";
import { deleteUnusedTypes } from "#server/records/queries/event-types.ts";

const storedChoices = z
  .object({
    kind: z.string().nullish(),
    source: z.string().nullish(),
    dates: z.string().nullish(),
    midnight: z.string().optional(),
    /** `role:word=entry` */
    words: z.array(z.string()).optional(),
  })
  .register(columnTypes, { type: "jsonb" });
const storedBatch = importBatch.extend({ choices: storedChoices });

/** Every import, newest first, with those that were undone. */
export async function readBatches({ db, actor, addDetail }: Act): Promise<ImportBatch[]> {
  const batches = await withOptions(db, { events: true }).transaction(actor, async (tx) => {
    const columns = columnsOf(storedBatch.omit({ placed: true }), {
      of: "batch",
      as: { row_count: "rows" },
    });
    const stored = await tx.rows(
      storedBatch,
      sql`with counted as (
          select batch_id, placed_by, count(*)::int as events
          from event
          where placed_by <> 'point'
          group by batch_id, placed_by
        ),
        placed as (
          select batch_id, jsonb_object_agg(placed_by, events) as methods
          from counted
          group by batch_id
        )
        select ${columns}, coalesce(placed.methods, '{}'::jsonb) as placed
        from batch
        left join placed on placed.batch_id = batch.id
        order by id desc`,
    );
    addDetail({ batches: stored.length });
    return stored;
  });
  return batches.map(({ choices, fileName, ...batch }) => ({
    ...batch,
    fileName: cleanFileName(fileName),
    choices: choiceWords(choices),
  }));
}

function choiceWords(choices: z.infer<typeof storedChoices>): string[] {
  const { kind, source, dates, midnight, words = [] } = choices;
  return [
    ...(kind ? [`kind ${kind}`] : []),
    ...(source ? [`source ${source}`] : []),
    ...(dates ? [`dates ${dates}`] : []),
    ...(midnight === "unknown" ? ["midnights as time unknown"] : []),
    ...words,
  ];
}

export function undoBatch(
  { db, actor, addDetail }: Pick<Act, "db" | "actor" | "addDetail">,
  batch: number,
): Promise<UndoResult> {
  addDetail({ batch });
  return withOptions(db, { events: true, long: true }).transaction(actor, async (tx) => {
    const fileName = await tx.value(
      z.string(),
      sql`update batch set undone_at = now(), undone_by = ${actor.person}
        where id = ${batch} and undone_at is null returning file_name`,
    );
    if (fileName === null) {
      const detail = `There is no import ${batch}, or it was already undone.`;
      throw new Problem(404, "No such batch", detail);
    }
    const gone = sql`delete from event where batch_id = ${batch} returning 1`;
    const removed = await tx.value(z.int(), sql`with gone as (${gone}) select count(*) from gone`);
    await deleteUnusedTypes(tx);
    addDetail({ events: removed });
    return { batch, fileName: cleanFileName(fileName), removed: removed ?? 0 };
  });
}
