import { createPointCounter } from "#core/records/quality/point-counter.ts";
import type { EventDraft, RowFault } from "#core/records/read-row.ts";
import type { ImportResult, ImportRowError } from "#core/records/wire/import.ts";
import type { Transaction } from "#server/db/database.ts";
import { saveBatchQuality } from "#server/records/queries/quality.ts";

type Count = ImportResult["errorCounts"][number];

/** More than there are reasons; memory must not grow with the file. */
const mostReasons = 200;
const listedReasons = 20;

/** How often each reason refused a row, over the whole file: the list of rows ends at a thousand. */
export function createReasonCounts(): {
  readonly add: (errors: readonly ImportRowError[]) => void;
  readonly list: () => Count[];
} {
  const counts = new Map<string, { column: string; reason: string; rows: number }>();
  return {
    add: (errors) => {
      for (const { column, reason } of errors) {
        const key = `${column}\u001f${reason}`;
        const known = counts.get(key);
        if (known) known.rows += 1;
        else if (counts.size < mostReasons) counts.set(key, { column, reason, rows: 1 });
      }
    },
    list: () => [...counts.values()].sort((a, b) => b.rows - a.rows).slice(0, listedReasons),
  };
}

/** Looks at each row of an import for the quality page; what it keeps is counts. */
export interface QualityCounter {
  readonly look: (draft: EventDraft) => void;
  readonly refused: (faults: readonly RowFault[]) => void;
  /** Once the batch has its counts, in their transaction. */
  readonly save: (tx: Transaction, batch: number) => Promise<void>;
}

/** The words of core/places/place.ts for a row that has a place, in no part of the command's area. */
const outsideWords = "outside the area of ";

export function createQualityCounter(): QualityCounter {
  const points = createPointCounter();
  let outside = 0;
  return {
    look: points.look,
    refused: (faults) => {
      for (const { reason } of faults) if (reason.includes(outsideWords)) outside += 1;
    },
    save: (tx, batch) => saveBatchQuality(tx, batch, { outside, points: points.counts() }),
  };
}
