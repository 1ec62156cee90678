import type { ImportOutline } from "#core/records/outline.ts";
import { mostTypes, typeKey } from "#core/records/types.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { Transaction } from "#server/db/database.ts";
import { codesOfTypes } from "#server/records/queries/event-types.ts";
import type { NewEvent } from "#server/records/queries/events.ts";

/** The events of a file with the codes of their types; new words are stored as they come. */
export type TypeCodes = (events: readonly NewEvent[]) => Promise<readonly NewEvent[]>;

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
