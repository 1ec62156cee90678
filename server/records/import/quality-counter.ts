import { createPointCounter } from "#core/records/quality/point-counter.ts";
import type { EventDraft, RowFault } from "#core/records/read-row.ts";
import type { Transaction } from "#server/db/database.ts";
import { saveBatchQuality } from "#server/records/queries/quality.ts";

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
