/**
 * A fix as one number: tenths of a second since 2000, then its place. Numeric order is order by
 * time, then place, so sorting needs no comparator. Exact up to 2099 for 262,142 places.
 */
const placeSpan = 2 ** 18;
const epoch = Date.UTC(2000, 0, 1);
const tickMs = 100;

/** Places that a fix can tell apart. */
export const mostPlaces = placeSpan - 2;
/** Of no place of the area. */
export const outside = -1;

export function packFix(at: number, place: number): number {
  return Math.round((at - epoch) / tickMs) * placeSpan + place + 1;
}

/** Epoch milliseconds, to a tenth of a second. */
export function timeOfFix(fix: number): number {
  return Math.floor(fix / placeSpan) * tickMs + epoch;
}

/** Index of the place, or `outside`. */
export function placeOfFix(fix: number): number {
  return (fix % placeSpan) - 1;
}

const firstChunk = 64;
const largestChunk = 65_536;

interface DeviceColumn {
  readonly full: Float64Array[];
  last: Float64Array;
  used: number;
}

export type FixStore = ReturnType<typeof createFixStore>;

/** All fixes of a file in memory, by device: 8 octets each, and of each device a number alone. */
export function createFixStore() {
  const columns: (DeviceColumn | undefined)[] = [];
  return {
    add: (device: number, fix: number): void => {
      let column = columns[device];
      if (column === undefined) {
        column = { full: [], last: new Float64Array(firstChunk), used: 0 };
        columns[device] = column;
      } else if (column.used === column.last.length) {
        column.full.push(column.last);
        column.last = new Float64Array(Math.min(largestChunk, column.last.length * 2));
        column.used = 0;
      }
      column.last[column.used] = fix;
      column.used += 1;
    },
    /** One more than the highest number of a device. */
    devices: () => columns.length,
    /** Devices with a fix. */
    used: () => columns.filter((column) => column !== undefined).length,
    /** Fixes of one device in order of time, then place; each device can be asked for once or more. */
    inOrder: (device: number): Float64Array => {
      const column = columns[device];
      if (column === undefined) return new Float64Array(0);
      const fixes = joined(column);
      if (!isAscending(fixes)) fixes.sort();
      columns[device] = { full: [], last: fixes, used: fixes.length };
      return fixes;
    },
    drop: (device: number): void => {
      columns[device] = undefined;
    },
  };
}

function joined({ full, last, used }: DeviceColumn): Float64Array {
  if (full.length === 0) return used === last.length ? last : last.slice(0, used);
  const whole = new Float64Array(full.reduce((sum, { length }) => sum + length, used));
  let at = 0;
  for (const chunk of full) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  whole.set(last.subarray(0, used), at);
  return whole;
}

function isAscending(values: Float64Array): boolean {
  for (let at = 1; at < values.length; at += 1) {
    if ((values[at] ?? 0) < (values[at - 1] ?? 0)) return false;
  }
  return true;
}

export type DeviceNumbers = ReturnType<typeof createDeviceNumbers>;

/** Names of devices to numbers, in memory alone. */
export function createDeviceNumbers() {
  const byName = new Map<string, number>();
  const unnamed = new Set<number>();
  let count = 0;
  return {
    of: (name: string): number => {
      const known = byName.get(name);
      if (known !== undefined) return known;
      // A copy: a substring keeps its whole source text in memory.
      byName.set(name.split("").join(""), count);
      count += 1;
      return count - 1;
    },
    /** A device of its own that the file does not name. */
    unnamed: (): number => {
      unnamed.add(count);
      count += 1;
      return count - 1;
    },
    countUnnamed: () => unnamed.size,
    countNamed: () => count - unnamed.size,
    isNamed: (device: number) => !unnamed.has(device),
    /** After this nobody can tell which number was whose. */
    forget: () => byName.clear(),
  };
}
