import type { H3Cell } from "#core/geo/cell.ts";
import { eventCategories, eventSources, type PoliceEvent } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { numberTypes, typeKey } from "#core/records/types.ts";
import { minuteMs } from "#core/time/zone.ts";

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

export function columnsFromEvents(events: readonly PoliceEvent[]): EventColumns {
  const sorted = [...events].sort((a, b) => a.startsAt - b.startsAt);
  const length = sorted.length;
  const { types, numberOf } = numberTypes(sorted.flatMap(({ type }) => type ?? []));
  const cells: H3Cell[] = [];
  const indexOf = new Map<H3Cell, number>();
  const columns = {
    length,
    cells,
    cell: new Uint32Array(length),
    start: new Int32Array(length),
    end: new Int32Array(length),
    kind: new Uint8Array(length),
    source: new Uint8Array(length),
    category: new Uint8Array(length),
    type: new Uint8Array(length),
    types,
  };
  sorted.forEach((event, row) => {
    let index = indexOf.get(event.cell);
    if (index === undefined) {
      index = cells.length;
      cells.push(event.cell);
      indexOf.set(event.cell, index);
    }
    columns.cell[row] = index;
    columns.start[row] = Math.floor(event.startsAt / minuteMs);
    columns.end[row] = Math.floor(event.endsAt / minuteMs);
    columns.kind[row] = eventKinds.indexOf(event.kind);
    columns.source[row] = eventSources.indexOf(event.source);
    columns.category[row] = eventCategories.indexOf(event.category);
    columns.type[row] = numberOf(event.type ?? "");
  });
  return columns;
}

/** The rows before a minute, and those from it on: `start` is in order, so each is one piece. */
export function splitColumns(columns: EventColumns, minute: number): [EventColumns, EventColumns] {
  let at = 0;
  for (let end = columns.length; at < end; ) {
    const middle = (at + end) >> 1;
    if ((columns.start[middle] as number) < minute) at = middle + 1;
    else end = middle;
  }
  return [piece(columns, 0, at), piece(columns, at, columns.length)];
}

/** With the cells and types alone that occur in it. */
function piece(columns: EventColumns, from: number, to: number): EventColumns {
  const cells: H3Cell[] = [];
  const cellAt = new Map<number, number>();
  const cell = columns.cell.slice(from, to).map((old) => {
    const known = cellAt.get(old);
    if (known !== undefined) return known;
    cellAt.set(old, cells.length);
    return cells.push(columns.cells[old] as H3Cell) - 1;
  });
  const occurring = new Set(columns.type.subarray(from, to));
  const types = columns.types.filter((_, at) => occurring.has(at + 1));
  const numbers = columns.types.map((word) => types.indexOf(word) + 1);
  return {
    length: to - from,
    cells,
    cell,
    start: columns.start.slice(from, to),
    end: columns.end.slice(from, to),
    kind: columns.kind.slice(from, to),
    source: columns.source.slice(from, to),
    category: columns.category.slice(from, to),
    type: columns.type.slice(from, to).map((old) => (old === 0 ? 0 : (numbers[old - 1] ?? 0))),
    types,
  };
}

/** One after the other; the later ones start no earlier than the earlier ones. */
export function joinColumns(earlier: EventColumns, later: EventColumns): EventColumns {
  if (earlier.length === 0) return later;
  if (later.length === 0) return earlier;
  const cells = [...earlier.cells];
  const cellAt = new Map(cells.map((cell, at) => [cell, at]));
  const cellOf = later.cells.map((cell) => {
    const known = cellAt.get(cell);
    return known ?? cells.push(cell) - 1;
  });
  const { types, numberOf } = numberTypes([...earlier.types, ...later.types]);
  const renumbered = (of: EventColumns) => {
    const numbers = [0, ...of.types.map(numberOf)];
    return of.type.map((old) => numbers[old] ?? 0);
  };
  const joined = <Column extends Uint8Array | Int32Array | Uint32Array>(
    one: Column,
    other: Column,
  ): Column => {
    const both = new (one.constructor as new (length: number) => Column)(one.length + other.length);
    both.set(one);
    both.set(other, one.length);
    return both;
  };
  return {
    length: earlier.length + later.length,
    cells,
    cell: joined(
      earlier.cell,
      later.cell.map((old) => cellOf[old] as number),
    ),
    start: joined(earlier.start, later.start),
    end: joined(earlier.end, later.end),
    kind: joined(earlier.kind, later.kind),
    source: joined(earlier.source, later.source),
    category: joined(earlier.category, later.category),
    type: joined(renumbered(earlier), renumbered(later)),
    types,
  };
}

/** The rows of these types alone, by key; all of them where none is named. */
export function ofTypes(columns: EventColumns, keys: readonly string[]): EventColumns {
  if (keys.length === 0) return columns;
  const isChosen = [false, ...columns.types.map((word) => keys.includes(typeKey(word)))];
  const rows: number[] = [];
  columns.type.forEach((type, row) => {
    if (isChosen[type]) rows.push(row);
  });
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
