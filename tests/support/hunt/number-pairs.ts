import { hitsOf } from "#tests/support/hunt/octets.ts";

/** Two numbers that say where something is, each with how far off it may be and still say it. */
export interface NumberPair {
  readonly name: string;
  readonly first: Near;
  readonly second: Near;
}

export interface Near {
  readonly value: number;
  readonly by: number;
}

/** As programs store numbers: in either order of octets. */
interface Encoding {
  readonly name: string;
  readonly width: 4 | 8;
  readonly isLittle: boolean;
  /** So many to one. */
  readonly scale: number;
  readonly write: (octets: DataView, value: number) => void;
  readonly read: (octets: DataView, at: number) => number;
}

const orders = [true, false].flatMap((isLittle): Encoding[] => [
  {
    name: "float64",
    width: 8,
    isLittle,
    scale: 1,
    write: (octets, value) => octets.setFloat64(0, value),
    read: (octets, at) => octets.getFloat64(at, isLittle),
  },
  {
    name: "float32",
    width: 4,
    isLittle,
    scale: 1,
    write: (octets, value) => octets.setFloat32(0, value),
    read: (octets, at) => octets.getFloat32(at, isLittle),
  },
  ...[1, 1e5, 1e6, 1e7].map(
    (scale): Encoding => ({
      name: `int32 of ${scale}`,
      width: 4,
      isLittle,
      scale,
      write: (octets, value) => octets.setInt32(0, value),
      read: (octets, at) => octets.getInt32(at, isLittle),
    }),
  ),
]);

/** How far from each other the two stand at most, in octets and in letters. */
const apart = 64;
const lettersApart = 100;
/** Two numbers of one or two figures stand beside each other everywhere. */
const leastSize = 10_000;
const mostSize = 2 ** 31;

/** In which ways the pair stands in the octets as numbers. */
export function pairsIn(octets: Buffer, { first, second }: NumberPair): string[] {
  return orders
    .filter(({ name, scale }) => {
      const sizes = [first, second].map(({ value }) => Math.abs(value * scale));
      return (
        name.startsWith("float") || sizes.every((size) => size >= leastSize / 10 && size < mostSize)
      );
    })
    .filter((encoding) =>
      isPairIn(octets, scaled(first, encoding), scaled(second, encoding), encoding),
    )
    .map(({ name, isLittle }) => `${name} ${isLittle ? "little" : "big"} end first`);
}

function scaled({ value, by }: Near, { scale }: Encoding): Near {
  return { value: value * scale, by: by * scale };
}

function isPairIn(octets: Buffer, first: Near, second: Near, encoding: Encoding): boolean {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const { width, read } = encoding;
  const isThere = (at: number, { value, by }: Near) =>
    at >= 0 && at + width <= octets.length && Math.abs(read(view, at) - value) <= by;
  for (const at of placesOf(octets, first, encoding)) {
    if (!isThere(at, first)) continue;
    for (let other = at - apart; other <= at + apart; other += 1) {
      if (Math.abs(other - at) >= width && isThere(other, second)) return true;
    }
  }
  return false;
}

/** Where the octets stand that all numbers so near have in common. */
function* placesOf(octets: Buffer, { value, by }: Near, encoding: Encoding): Generator<number> {
  const { width, isLittle, write } = encoding;
  const [low, high] = [value - by, value + by].map((one) => {
    const written = Buffer.alloc(width);
    write(new DataView(written.buffer, written.byteOffset), one);
    return written;
  });
  if (low === undefined || high === undefined) return;
  const same = low.findIndex((octet, at) => octet !== high[at]);
  const common = low.subarray(0, same < 0 ? width : same);
  // Noughts and ones stand everywhere: where a search would begin with them it takes ten times as long.
  const telling = common.findIndex((octet) => octet !== 0 && octet !== 255);
  if (telling < 0) throw new RangeError(`${value} gives nothing to look for`);
  const wanted = common.subarray(telling);
  const [part, before] = isLittle
    ? [Buffer.from(wanted).reverse(), width - telling - wanted.length]
    : [wanted, telling];
  for (const hit of hitsOf(octets, part)) yield hit - before;
}

/** Whether the pair stands in the octets as figures, four or more behind the point where it has one. */
export function isPairInLetters(octets: Buffer, { first, second }: NumberPair): boolean {
  const [low, high] = [first.value - first.by, first.value + first.by].map((one) => one.toFixed(5));
  if (low === undefined || high === undefined) return false;
  const same = [...low].findIndex((letter, at) => letter !== high[at]);
  const wanted = low.slice(0, same < 0 ? low.length : same);
  const wide = Buffer.from(wanted, "utf16le");
  for (const letters of [Buffer.from(wanted), wide, Buffer.from(wide).swap16()]) {
    for (const at of hitsOf(octets, letters)) {
      const [from, to] = [Math.max(0, at - lettersApart), at + lettersApart];
      const around = octets.toString("latin1", from, to).replaceAll("\0", "");
      const numbers = around.match(/-?\d+\.\d{4,}|-?\d{5,}(?:\.\d+)?/g)?.map(Number) ?? [];
      const isThere = ({ value, by }: Near) => numbers.some((one) => Math.abs(one - value) <= by);
      if (isThere(first) && isThere(second)) return true;
    }
  }
  return false;
}
