import type { H3Cell } from "#core/geo/cell.ts";
import { legCells, legMinutes, streetMinutes } from "#core/patrols/ground/leg.ts";
import type { Movement } from "#core/patrols/ground/settings.ts";

/** The shortest walk over one subset of a zone's cells. */
export interface StopOrder {
  /** Bit `i` is set when the zone's cell `i` is a stop. */
  readonly subset: number;
  /** Indices into the zone's cells, in walking order. */
  readonly order: readonly number[];
  /** Minutes on foot to each stop from the one before; the first is 0. */
  readonly legs: readonly number[];
  readonly walkMinutes: number;
  /** The same walk reversed, where asked for and open. */
  readonly back?: StopOrder | null;
}

export interface ZoneWalks {
  readonly cells: readonly H3Cell[];
  /** `minutes[from * n + to]` */
  readonly minutes: readonly number[];
  /**
   * Cells that must be open for the walk, as a bit set: those of the grid path, and along streets its two ends. -1 where the
   * grid path leaves the zone's cells, or every street way is closed.
   */
  readonly path: readonly number[];
}

export function createZoneWalks(
  cells: readonly H3Cell[],
  movement: Movement,
  /** Seconds along streets that avoid closed cells, as in `StreetTimes.walks`. */
  streets: Float64Array | null = null,
): ZoneWalks {
  const indexOf = new Map(cells.map((cell, index) => [cell, index] as const));
  const minutes: number[] = [];
  const path: number[] = [];
  for (const [row, from] of cells.entries()) {
    for (const [column, to] of cells.entries()) {
      const seconds = streets?.[row * cells.length + column] ?? Number.NaN;
      if (from === to || Number.isNaN(seconds)) {
        minutes.push(legMinutes(from, to, movement));
        path.push(bitsOf(legCells(from, to), indexOf));
      } else {
        minutes.push(streetMinutes(seconds, movement));
        path.push(seconds === Infinity ? -1 : (1 << row) | (1 << column));
      }
    }
  }
  return { cells, minutes, path };
}

/**
 * Shortest open path over every subset of the open cells (a bit set), entering open cells only
 * (Held and Karp 1962, over at most seven cells); subsets without such a path are left out.
 */
export function stopOrders(walks: ZoneWalks, open: number): StopOrder[] {
  const n = walks.cells.length;
  const size = 1 << n;
  const cost = new Float64Array(size * n).fill(Number.POSITIVE_INFINITY);
  const before = new Int8Array(size * n).fill(-1);
  for (let cell = 0; cell < n; cell += 1) {
    if (open & (1 << cell)) cost[(1 << cell) * n + cell] = 0;
  }
  const extend = (subset: number, last: number) => {
    const soFar = cost[subset * n + last] ?? Number.POSITIVE_INFINITY;
    if (soFar === Number.POSITIVE_INFINITY) return;
    for (let next = 0; next < n; next += 1) {
      const path = walks.path[last * n + next] ?? -1;
      if (subset & (1 << next) || path < 0 || (path & ~open) !== 0) continue;
      const at = (subset | (1 << next)) * n + next;
      const total = soFar + (walks.minutes[last * n + next] ?? 0);
      if (total < (cost[at] ?? 0)) {
        cost[at] = total;
        before[at] = last;
      }
    }
  };
  for (let subset = 1; subset < size; subset += 1) {
    for (let last = 0; last < n; last += 1) extend(subset, last);
  }
  const orders: StopOrder[] = [];
  for (let subset = 1; subset < size; subset += 1) {
    const order = cheapest(subset, n, cost, before);
    if (order) orders.push(withLegs(walks, subset, order));
  }
  return orders;
}

/** The same walk reversed; null where that enters a closed cell. */
export function reversedOrder(
  walks: ZoneWalks,
  { subset, order }: StopOrder,
  open: number,
): StopOrder | null {
  const n = walks.cells.length;
  const reversed = [...order].reverse();
  const isOpen = reversed.slice(1).every((cell, at) => {
    const path = walks.path[(reversed[at] ?? 0) * n + cell] ?? -1;
    return path >= 0 && (path & ~open) === 0;
  });
  return isOpen ? withLegs(walks, subset, reversed) : null;
}

function cheapest(
  subset: number,
  n: number,
  cost: Float64Array,
  before: Int8Array,
): number[] | null {
  let last = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let cell = 0; cell < n; cell += 1) {
    const total = cost[subset * n + cell] ?? Number.POSITIVE_INFINITY;
    if (total < least) {
      least = total;
      last = cell;
    }
  }
  if (last < 0) return null;
  const order: number[] = [];
  for (let rest = subset; last >= 0; ) {
    order.unshift(last);
    const previous = before[rest * n + last] ?? -1;
    rest &= ~(1 << last);
    last = previous;
  }
  return order;
}

function withLegs(walks: ZoneWalks, subset: number, order: readonly number[]): StopOrder {
  const n = walks.cells.length;
  const legs = order.map((cell, position) => {
    const previous = order[position - 1];
    return previous === undefined ? 0 : (walks.minutes[previous * n + cell] ?? 0);
  });
  return { subset, order, legs, walkMinutes: legs.reduce((all, leg) => all + leg, 0) };
}

function bitsOf(cells: readonly H3Cell[], indexOf: ReadonlyMap<H3Cell, number>): number {
  let bits = 0;
  for (const cell of cells) {
    const index = indexOf.get(cell);
    if (index === undefined) return -1;
    bits |= 1 << index;
  }
  return bits;
}
