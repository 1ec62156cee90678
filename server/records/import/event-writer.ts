import type { ImportOutline } from "#core/records/outline.ts";
import type { EventDraft } from "#core/records/read-row.ts";
import { mostTypes, typeKey } from "#core/records/types.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { Transaction } from "#server/db/database.ts";
import { createEventArrays, type NewEvent } from "#server/records/queries/event-arrays.ts";
import { codesOfTypes } from "#server/records/queries/event-types.ts";
import {
  findKnownEvents,
  insertIncoming,
  insertUnknown,
  type KnownEvent,
} from "#server/records/queries/events.ts";

export interface EventSink {
  readonly batch: number;
  /** Null for a repeat within the file. */
  readonly toEvent: (draft: EventDraft) => NewEvent | null;
  readonly codesOf: TypeCodes;
  readonly onKnown: (row: RowOfFile, known: KnownEvent) => void;
}

export type RowOfFile = Pick<EventDraft, "line" | "knownBy">;

/** Bounds memory, yet a million rows take only a hundred statements. */
const chunkRows = 10_000;
/** The first are small: the database begins on a short file while the rest of it is read. */
const firstRows = 2_500;

function createChunk() {
  const events = createEventArrays();
  const types: (string | null)[] = [];
  const lines = new Float64Array(chunkRows);
  const hasReference = new Uint8Array(chunkRows);
  return {
    add: (draft: EventDraft, event: NewEvent) => {
      const at = events.count();
      events.add(event);
      types.push(draft.type);
      lines[at] = draft.line;
      hasReference[at] = draft.knownBy === "reference" ? 1 : 0;
    },
    count: events.count,
    types,
    rows: events.rows,
    rowAt: (index: number): RowOfFile => ({
      line: lines[index] ?? 0,
      knownBy: hasReference[index] === 1 ? "reference" : "content",
    }),
  };
}

export function createEventWriter(tx: Transaction, sink: EventSink) {
  let waiting = createChunk();
  let room = firstRows;
  let accepted = 0;
  let underWay: Promise<number> = Promise.resolve(0);
  let mayBeKnown = false;
  const write = async (chunk: ReturnType<typeof createChunk>): Promise<number> => {
    const rows = chunk.rows(await sink.codesOf(chunk.types));
    if (!mayBeKnown && (await insertUnknown(tx, sink.batch, rows))) return chunk.count();
    // Once one row of a file exists already, others are likely to.
    mayBeKnown = true;
    const added = await insertIncoming(tx, sink.batch, rows);
    if (added === chunk.count()) return added;
    for (const known of await findKnownEvents(tx, sink.batch, rows)) {
      sink.onKnown(chunk.rowAt(known.index), known);
    }
    return added;
  };
  const insert = async () => {
    accepted += await underWay;
    const chunk = waiting;
    waiting = createChunk();
    underWay = write(chunk);
    // Reported where awaited; an earlier rejection must not end the process.
    underWay.catch(() => undefined);
  };
  return {
    add: async (drafts: readonly EventDraft[]) => {
      for (const draft of drafts) {
        const event = sink.toEvent(draft);
        if (event === null) continue;
        waiting.add(draft, event);
        if (waiting.count() < room) continue;
        room = Math.min(2 * room, chunkRows);
        await insert();
      }
    },
    settle: async () => {
      await underWay.catch(() => undefined);
    },
    /** Inserts the rest; how many were new in all. */
    finish: async () => {
      await insert();
      accepted += await underWay;
      underWay = Promise.resolve(0);
      return accepted;
    },
  };
}

/** Type codes in order; new words are stored. */
type TypeCodes = (types: readonly (string | null)[]) => Promise<(number | null)[]>;

export function createTypeCodes(tx: Transaction, outline: () => ImportOutline): TypeCodes {
  let codes: ReadonlyMap<string, number> = new Map();
  return async (types) => {
    const words = new Set(types.filter((type) => type !== null));
    if ([...words].some((word) => !codes.has(typeKey(word)))) {
      const { profile, mapping } = outline();
      codes = await codesOfTypes(tx, profile, [...words]);
      if ([...words].some((word) => !codes.has(typeKey(word)))) throw noRoom(mapping, codes.size);
    }
    const codeOf = new Map([...words].map((word) => [word, codes.get(typeKey(word)) ?? null]));
    return types.map((type) => (type === null ? null : (codeOf.get(type) ?? null)));
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
