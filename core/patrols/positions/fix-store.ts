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

export type FixStore = ReturnType<typeof createFixStore>;

/** All fixes of a file in memory, by device: 8 octets each, and of each device a number alone. */
export function createFixStore() {
  const columns: (number[] | Float64Array | undefined)[] = [];
  return {
    add: (device: number, fix: number): void => {
      const column = columns[device];
      if (Array.isArray(column)) column.push(fix);
      else columns[device] = [...(column ?? []), fix];
    },
    /** One more than the highest number of a device. */
    devices: () => columns.length,
    /** Devices with a fix. */
    used: () => columns.filter((column) => column !== undefined).length,
    /** Fixes of one device in order of time, then place; each device can be asked for once or more. */
    inOrder: (device: number): Float64Array => {
      const column = columns[device] ?? [];
      const fixes = Array.isArray(column) ? Float64Array.from(column).sort() : column;
      if (columns[device] !== undefined) columns[device] = fixes;
      return fixes;
    },
    drop: (device: number): void => {
      columns[device] = undefined;
    },
  };
}

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
