import type { H3Cell } from "#core/geo/cell.ts";
import { typeKey } from "#core/records/types.ts";

/**
 * Events as columns, sorted by start, for kernels, the planner and the client. `kind`, `source` and
 * `category` index into the lists of core/records/event.ts.
 */
export interface EventColumns {
  readonly length: number;
  /** The distinct resolution-10 cells that occur. */
  readonly cells: readonly H3Cell[];
  /** Index into `cells`. */
  readonly cell: Uint32Array;
  /** Epoch minutes. */
  readonly start: Int32Array;
  /** Epoch minutes, at or after `start`. */
  readonly end: Int32Array;
  readonly kind: Uint8Array;
  readonly source: Uint8Array;
  readonly category: Uint8Array;
  /** 0 for none, else the index in `types` plus 1. */
  readonly type: Uint8Array;
  /** The sources' own words, each once across profiles. */
  readonly types: readonly string[];
}

/** Rows of these types, by key; all rows for an empty list. */
export function ofTypes(columns: EventColumns, keys: readonly string[]): EventColumns {
  if (keys.length === 0) return columns;
  const isChosen = [false, ...columns.types.map((word) => keys.includes(typeKey(word)))];
  return pickRows(columns, (row) => isChosen[columns.type[row] as number] === true);
}

export function pickRows(columns: EventColumns, isPicked: (row: number) => boolean): EventColumns {
  const rows: number[] = [];
  for (let row = 0; row < columns.length; row += 1) if (isPicked(row)) rows.push(row);
  const at = Uint32Array.from(rows);
  const bytes = (column: Uint8Array) => Uint8Array.from(at, (row) => column[row] as number);
  return {
    ...columns,
    length: at.length,
    cell: at.map((row) => columns.cell[row] as number),
    start: Int32Array.from(at, (row) => columns.start[row] as number),
    end: Int32Array.from(at, (row) => columns.end[row] as number),
    kind: bytes(columns.kind),
    source: bytes(columns.source),
    category: bytes(columns.category),
    type: bytes(columns.type),
  };
}
