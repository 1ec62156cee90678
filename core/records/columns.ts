import type { H3Cell } from "#core/geo/cell.ts";
import { typeKey } from "#core/records/types.ts";

/**
 * Events as columns, sorted by start: what kernels, the planner and the client compute on.
 * `kind`, `source` and `category` index into the lists of core/records/event.ts.
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
  /** 0 where there is none, else the place in `types`, counted from 1. */
  readonly type: Uint8Array;
  /** The sources' own words, each once, whatever profile it is of. */
  readonly types: readonly string[];
}

/** The rows of these types alone, by key; all of them where none is named. */
export function ofTypes(columns: EventColumns, keys: readonly string[]): EventColumns {
  if (keys.length === 0) return columns;
  const isChosen = [false, ...columns.types.map((word) => keys.includes(typeKey(word)))];
  return pickRows(columns, (row) => isChosen[columns.type[row] as number] === true);
}

/** Some of the rows, in their order. */
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
