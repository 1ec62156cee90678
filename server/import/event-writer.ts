import type { EventDraft } from "#core/import/read-row.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertEvents, type NewEvent } from "#server/queries/events.ts";

/** Inserts drafts in chunks; while the database takes one, the next is being read. */
export interface EventWriter {
  readonly add: (drafts: readonly EventDraft[]) => Promise<void>;
  /** Waits for what is under way, whatever its end; before the transaction is given up. */
  readonly settle: () => Promise<void>;
  /** Inserts the rest; how many were new in all. */
  readonly finish: () => Promise<number>;
}

const chunkRows = 5_000;

export function createEventWriter(
  tx: Transaction,
  batch: number,
  toEvent: (draft: EventDraft) => NewEvent,
): EventWriter {
  let waiting: NewEvent[] = [];
  let accepted = 0;
  let underWay: Promise<number> = Promise.resolve(0);
  const insert = async () => {
    accepted += await underWay;
    const chunk = waiting;
    waiting = [];
    underWay = insertEvents(tx, batch, chunk);
    // Reported where it is awaited; a rejection in between must not end the process.
    underWay.catch(() => undefined);
  };
  return {
    add: async (drafts) => {
      for (const draft of drafts) {
        waiting.push(toEvent(draft));
        if (waiting.length >= chunkRows) await insert();
      }
    },
    settle: async () => {
      await underWay.catch(() => undefined);
    },
    finish: async () => {
      await insert();
      accepted += await underWay;
      underWay = Promise.resolve(0);
      return accepted;
    },
  };
}
