import type { H3Cell } from "#core/geo/cell.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { numberTypes } from "#core/records/types.ts";

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
