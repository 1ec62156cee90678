import { createPointCounter } from "#core/records/quality/point-counter.ts";
import type { RowFault } from "#core/records/read-row.ts";
import { createRowCounts } from "#core/records/row-counts.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";

/** Above the number of known reasons. */
const mostReasons = 200;
const listedReasons = 20;

/** Counts over the whole file, unlike the row list, which ends at a thousand. */
export function createReasonCounts() {
  const counts = createRowCounts<Pick<RowFault, "column" | "reason">>(mostReasons);
  return {
    add: (faults: readonly RowFault[]) => {
      for (const { column, reason } of faults) {
        counts.add(`${column}\u001f${reason}`, { column, reason });
      }
    },
    list: () =>
      counts
        .list()
        .slice(0, listedReasons)
        .map(({ value, rows }) => ({ ...value, rows })),
  };
}

const outsideWords = "outside the area of ";

export function createQualityCounter() {
  const points = createPointCounter();
  let outside = 0;
  return {
    look: points.look,
    refused: (faults: readonly RowFault[]) => {
      for (const { reason } of faults) if (reason.includes(outsideWords)) outside += 1;
    },
    /** Call in the transaction in which the batch gets its counts. */
    save: async (tx: Transaction, batch: number) => {
      await tx.run(sql`update batch set outside_count = ${outside} where id = ${batch}`);
      for (const { ...counts } of points.counts()) {
        await tx.run(insertInto("batch_quality", { batchId: batch, ...counts }));
      }
    },
  };
}
