import { encodeColumns } from "#core/records/column-file.ts";
import { splitColumns } from "#core/records/column-parts.ts";
import type { EventColumns } from "#core/records/columns.ts";
import {
  noEvents,
  type PackedEvents,
  unpackEvents,
} from "#server/records/queries/packed-events.ts";

export interface EventsWork {
  readonly packed: PackedEvents | null;
  /** Boundary between the two files, epoch minutes. */
  readonly recentFrom: number;
}

export interface MadeFile {
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly rows: number;
  /** Epoch minutes of the first and the last start; null without rows. */
  readonly first: number | null;
  readonly last: number | null;
}

export function makeFiles({ packed, recentFrom }: EventsWork) {
  const columns = packed ? unpackEvents(packed) : noEvents;
  const [older, recent] = splitColumns(columns, recentFrom);
  return { older: fileOf(older), recent: fileOf(recent) };
}

function fileOf(columns: EventColumns): MadeFile {
  return {
    octets: encodeColumns(columns),
    rows: columns.length,
    first: columns.start[0] ?? null,
    last: columns.start.at(-1) ?? null,
  };
}
