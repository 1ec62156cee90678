import type { EventFilter } from "#core/hotspots/filter.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import { eventCategories, eventSources } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { hoursPerWeek } from "#core/stats/aoristic.ts";

export interface RowIndex {
  /** Study cell of each row; the number of study cells where it lies outside. */
  readonly cellOfRow: Uint32Array;
  /** Kind, source and category of each row as one number; `longClass` where its hour is unknown. */
  readonly classOfRow: Uint8Array;
  readonly classes: readonly RowClass[];
  /** Rows per block of clock sums. */
  readonly blockRows: number;
  /** Clock of the rows inside the study set: `[(block * classes + class) * 168 + hour]`. */
  readonly blockClock: Float64Array;
  /** The longest of the long spans, in minutes. */
  readonly longLookBack: number;
  /** To count in, one more than study cells: reused, so that a brush move allocates nothing. */
  readonly counting: Int32Array;
}

export interface RowClass {
  readonly kind: number;
  readonly source: number;
  readonly category: number;
}

/** No class: there are at most 72. */
export const longClass = 255;

/** A partial block at either end of a window is summed row by row. */
const defaultBlockRows = 2_048;

const known = new WeakMap<Int32Array, { events: PreparedEvents; index: RowIndex }>();

/** Cached by `indexOfCell`, for as long as that lives. */
export function rowIndexOf(
  events: PreparedEvents,
  indexOfCell: Int32Array,
  cells: number,
): RowIndex {
  const found = known.get(indexOfCell);
  if (found?.events === events) return found.index;
  const index = createRowIndex(events, indexOfCell, cells);
  known.set(indexOfCell, { events, index });
  return index;
}

export function createRowIndex(
  events: PreparedEvents,
  indexOfCell: Int32Array,
  cells: number,
  blockRows = defaultBlockRows,
): RowIndex {
  const { columns, isLong } = events;
  const cellOfRow = new Uint32Array(columns.length);
  const classOfRow = new Uint8Array(columns.length);
  const { classes, classOf } = createClasses();
  let longLookBack = 0;
  for (let row = 0; row < columns.length; row += 1) {
    const cell = indexOfCell[columns.cell[row] as number] as number;
    cellOfRow[row] = cell < 0 ? cells : cell;
    if (isLong[row] === 1) {
      classOfRow[row] = longClass;
      const span = (columns.end[row] as number) - (columns.start[row] as number);
      longLookBack = Math.max(longLookBack, span);
      continue;
    }
    classOfRow[row] = classOf(
      columns.kind[row] as number,
      columns.source[row] as number,
      columns.category[row] as number,
    );
  }
  const blocks = Math.ceil(columns.length / blockRows);
  const blockClock = new Float64Array(blocks * classes.length * hoursPerWeek);
  for (let row = 0; row < columns.length; row += 1) {
    if (classOfRow[row] === longClass || cellOfRow[row] === cells) continue;
    const block = Math.floor(row / blockRows);
    const slot = block * classes.length + (classOfRow[row] as number);
    addRowClock(events, row, blockClock, slot * hoursPerWeek);
  }
  return {
    cellOfRow,
    classOfRow,
    classes,
    blockRows,
    blockClock,
    longLookBack,
    counting: new Int32Array(cells + 1),
  };
}

/** The clock of a short row: 1, spread over the hours of its span. */
export function addRowClock(
  events: PreparedEvents,
  row: number,
  clock: Float64Array,
  at: number,
): void {
  const { columns, pieceAt, pieceHour, pieceMinutes, midpointHour } = events;
  const span = (columns.end[row] as number) - (columns.start[row] as number);
  if (span === 0) {
    const slot = at + (midpointHour[row] as number);
    clock[slot] = (clock[slot] as number) + 1;
    return;
  }
  const perMinute = 1 / span;
  const end = pieceAt[row + 1] as number;
  for (let piece = pieceAt[row] as number; piece < end; piece += 1) {
    const slot = at + (pieceHour[piece] as number);
    clock[slot] = (clock[slot] as number) + (pieceMinutes[piece] as number) * perMinute;
  }
}

/** 1 for each class that the filter lets through, 0 for `longClass`. */
export function classFlags(
  { classes }: RowIndex,
  filter: Pick<EventFilter, "kinds" | "sources" | "categories">,
): Uint8Array {
  const flags = new Uint8Array(longClass + 1);
  classes.forEach(({ kind, source, category }, at) => {
    const passes =
      isOneOf(filter.kinds, eventKinds[kind]) &&
      isOneOf(filter.sources, eventSources[source]) &&
      (filter.categories === null || isOneOf(filter.categories, eventCategories[category]));
    flags[at] = passes ? 1 : 0;
  });
  return flags;
}

function isOneOf<Item>(items: readonly Item[], item: Item | undefined): boolean {
  return item !== undefined && items.includes(item);
}

function createClasses() {
  const classes: RowClass[] = [];
  const numbers = new Map<number, number>();
  const classOf = (kind: number, source: number, category: number): number => {
    const key = (kind * 8 + source) * 8 + category;
    const number = numbers.get(key);
    if (number !== undefined) return number;
    numbers.set(key, classes.length);
    classes.push({ kind, source, category });
    return classes.length - 1;
  };
  return { classes, classOf };
}
