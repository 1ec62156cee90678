import { halvesOfCell } from "#core/geo/cell.ts";
import type { PlaceMethod } from "#core/places/place-fault.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { minuteMs } from "#core/time/zone.ts";
import { type BinaryArray, createBinaryArray } from "#server/db/binary-array.ts";
import { type Sql, sql } from "#server/db/sql.ts";

export interface NewEvent extends PoliceEvent {
  /** Type code (server/records/queries/event-types.ts); the word is ignored here. */
  readonly typeCode?: number;
  /** Keyed HMAC, a byte per character (latin1); absent for events never imported twice. */
  readonly duplicateKey?: string;
  readonly ward?: string;
  readonly reference?: string;
  /** How the cell was found; default: a point. */
  readonly placedBy?: PlaceMethod;
  readonly street?: EventStreet;
}

export interface EventStreet {
  readonly segment: number;
  /** Network that the segment number belongs to (`OpenStreets.network`). */
  readonly network: string;
}

/**
 * New events as one array per column, filled event by event: objects held for a whole statement
 * cost more in garbage collection than the writing. Each combination of words is stored once.
 */
export function createEventArrays() {
  const cells = createBinaryArray("int8");
  const [starts, ends] = [createBinaryArray("int4"), createBinaryArray("int4")];
  const [keys, references] = [createBinaryArray("bytea"), createBinaryArray("text")];
  const [segments, numbers] = [createBinaryArray("int4"), createBinaryArray("int2")];
  const classes = createClasses();
  let count = 0;
  return {
    add: (event: NewEvent): void => {
      const { cell, startsAt, endsAt, duplicateKey, reference, street } = event;
      count += 1;
      const [high, low] = halvesOfCell(cell);
      cells.addInt64(high, low);
      starts.addInt32(Math.floor(startsAt / minuteMs));
      ends.addInt32(Math.floor(endsAt / minuteMs));
      addText(keys, duplicateKey, "latin1");
      addText(references, reference, "utf8");
      if (street) segments.addInt32(street.segment);
      else segments.addNull();
      numbers.addInt16(classes.numberOf(event));
    },
    count: () => count,
    /** Call last. `typeCodes` in the order of the events. */
    rows: (typeCodes: readonly (number | null)[]): Sql => {
      const [kind = [], source = [], category = [], placedBy = [], ward = [], streets = []] =
        classes.columns;
      return sql`unnest(
          ${cells.octets()}::bigint[], ${starts.octets()}::int[], ${ends.octets()}::int[],
          ${keys.octets()}::bytea[], ${references.octets()}::text[], ${segments.octets()}::int[],
          ${numbers.octets()}::smallint[], ${arrayOfCodes(typeCodes)}::smallint[]
        ) with ordinality as own (
          cell, start_minute, end_minute, duplicate_key, reference, segment, class, type_code, place
        )
        join unnest(
          ${kind}::text[], ${source}::text[], ${category}::text[], ${placedBy}::text[],
          ${ward}::text[], ${streets}::text[]
        ) with ordinality as shared (
          kind, source, category, placed_by, ward, streets, number
        ) on shared.number = own.class`;
    },
  };
}

function addText(into: BinaryArray, text: string | undefined, encoding: "latin1" | "utf8"): void {
  if (text === undefined) into.addNull();
  else into.addText(text, encoding);
}

function arrayOfCodes(codes: readonly (number | null)[]): Uint8Array {
  const array = createBinaryArray("int2");
  for (const code of codes) {
    if (code === null) array.addNull();
    else array.addInt16(code);
  }
  return array.octets();
}

type EventClass = Pick<NewEvent, "kind" | "source" | "category" | "placedBy"> & {
  readonly network: string | undefined;
  readonly number: number;
};

function createClasses() {
  /** Indexed by ward, which leaves few to compare without building a text key. */
  const byWard = new Map<string | undefined, EventClass[]>();
  const columns: (string | null)[][] = [[], [], [], [], [], []];
  let count = 0;
  const add = (event: NewEvent, inWard: EventClass[]): number => {
    const { kind, source, category, placedBy = "point", ward, street } = event;
    const words = [kind, source, category, placedBy, ward ?? null, street?.network ?? null];
    for (const [at, word] of words.entries()) columns[at]?.push(word);
    count += 1;
    inWard.push({ kind, source, category, placedBy, network: street?.network, number: count });
    return count;
  };
  return {
    numberOf: (event: NewEvent): number => {
      let inWard = byWard.get(event.ward);
      if (!inWard) {
        inWard = [];
        byWard.set(event.ward, inWard);
      }
      for (const known of inWard) if (isOfClass(event, known)) return known.number;
      return add(event, inWard);
    },
    columns,
  };
}

function isOfClass(event: NewEvent, known: EventClass): boolean {
  return (
    event.category === known.category &&
    event.kind === known.kind &&
    event.source === known.source &&
    (event.placedBy ?? "point") === known.placedBy &&
    event.street?.network === known.network
  );
}
