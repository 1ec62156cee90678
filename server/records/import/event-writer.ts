import type { ImportOutline } from "#core/records/outline.ts";
import type { EventDraft } from "#core/records/read-row.ts";
import { mostTypes, typeKey } from "#core/records/types.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { Transaction } from "#server/db/database.ts";
import { codesOfTypes } from "#server/records/queries/event-types.ts";
import {
  findKnownEvents,
  insertEvents,
  type KnownEvent,
  type NewEvent,
} from "#server/records/queries/events.ts";

/** Inserts drafts in chunks; while the database takes one, the next is being read. */
export interface EventWriter {
  readonly add: (drafts: readonly EventDraft[]) => Promise<void>;
  /** Waits for what is under way, whatever its end; before the transaction is given up. */
  readonly settle: () => Promise<void>;
  /** Inserts the rest; how many were new in all. */
  readonly finish: () => Promise<number>;
}

export interface EventSink {
  readonly batch: number;
  readonly toEvent: (draft: EventDraft) => NewEvent;
  readonly withCodes: TypeCodes;
  /** Told of each row that an earlier batch holds. */
  readonly onKnown: (draft: EventDraft, known: KnownEvent) => void;
}

interface Waiting {
  readonly draft: EventDraft;
  readonly event: NewEvent;
}

const chunkRows = 5_000;

export function createEventWriter(tx: Transaction, sink: EventSink): EventWriter {
  let waiting: Waiting[] = [];
  let accepted = 0;
  let underWay: Promise<number> = Promise.resolve(0);
  const write = async (chunk: readonly Waiting[]): Promise<number> => {
    const events = await sink.withCodes(chunk.map(({ event }) => event));
    const added = await insertEvents(tx, sink.batch, events);
    if (added === chunk.length) return added;
    for (const known of await findKnownEvents(tx, sink.batch, events)) {
      const row = chunk[known.index];
      if (row) sink.onKnown(row.draft, known);
    }
    return added;
  };
  const insert = async () => {
    accepted += await underWay;
    const chunk = waiting;
    waiting = [];
    underWay = write(chunk);
    // Reported where it is awaited; a rejection in between must not end the process.
    underWay.catch(() => undefined);
  };
  return {
    add: async (drafts) => {
      for (const draft of drafts) {
        waiting.push({ draft, event: sink.toEvent(draft) });
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

/** The events of a file with the codes of their types; new words are stored as they come. */
type TypeCodes = (events: readonly NewEvent[]) => Promise<readonly NewEvent[]>;

export function createTypeCodes(tx: Transaction, outline: () => ImportOutline): TypeCodes {
  let codes: ReadonlyMap<string, number> = new Map();
  return async (events) => {
    const words = new Set(events.flatMap(({ type }) => type ?? []));
    if ([...words].some((word) => !codes.has(typeKey(word)))) {
      const { profile, mapping } = outline();
      codes = await codesOfTypes(tx, profile, [...words]);
      if ([...words].some((word) => !codes.has(typeKey(word)))) throw noRoom(mapping, codes.size);
    }
    if (words.size === 0) return events;
    const codeOf = new Map([...words].map((word) => [word, codes.get(typeKey(word))]));
    return events.map((event) => {
      const typeCode = codeOf.get(event.type ?? "");
      return typeCode === undefined ? event : { ...event, typeCode };
    });
  };
}

function noRoom({ type = "" }: ImportOutline["mapping"], known: number): FileFault {
  return new FileFault(
    `"${type}" brings new types to the ${known} that plain tables brought before, and there is room for ${mostTypes} in all`,
    {
      column: type,
      remedy: {
        command: "leave --map type=... out, or write them as the others are",
        page: 'choose no column for "Type", or write them as the others are',
      },
    },
  );
}
