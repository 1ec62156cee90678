import { arcsOf } from "#core/places/streets/graph.ts";
import { type StreetLine, streetClasses, toUnits } from "#core/places/streets/line.ts";

/**
 * All lines cut at their vertices. A directed piece is `2 * piece` along it, `2 * piece + 1`
 * against it.
 */
export type Pieces = ReturnType<typeof piecesOf>;

export function piecesOf(lines: readonly StreetLine[]) {
  const most = lines.reduce((sum, { line }) => sum + Math.max(0, line.length - 1), 0);
  const vertices = createVertices(most + lines.length);
  const [from, to] = [new Uint32Array(most), new Uint32Array(most)];
  const owner = new Uint32Array(most);
  const direction = new Int8Array(most);
  // Pieces by their lower vertex, each behind the next: few meet at one.
  const lastAt = new Int32Array(most + lines.length).fill(-1);
  const before = new Int32Array(most);
  let pieceCount = 0;
  const pieceBetween = (low: number, high: number) => {
    let piece = lastAt[low] as number;
    while (piece >= 0 && Math.max(from[piece] as number, to[piece] as number) !== high) {
      piece = before[piece] as number;
    }
    return piece;
  };

  const add = (line: number, a: number, b: number) => {
    const given = lines[line];
    if (a === b || !given) return;
    const low = Math.min(a, b);
    const twin = pieceBetween(low, Math.max(a, b));
    if (twin < 0) {
      before[pieceCount] = lastAt[low] as number;
      lastAt[low] = pieceCount;
      from[pieceCount] = a;
      to[pieceCount] = b;
      owner[pieceCount] = line;
      direction[pieceCount] = given.oneWay;
      pieceCount += 1;
      return;
    }
    const oneWay = from[twin] === a ? given.oneWay : -given.oneWay;
    if (oneWay !== direction[twin]) direction[twin] = 0;
    const kept = lines[owner[twin] ?? 0];
    if (kept && rankOf(given) < rankOf(kept)) owner[twin] = line;
  };

  lines.forEach(({ line }, index) => {
    let last = -1;
    for (const [lng, lat] of line) {
      if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) {
        throw new RangeError(`Line ${index + 1} has a vertex at ${lng}, ${lat}, which is no place`);
      }
      const vertex = vertices.at(toUnits(lng), toUnits(lat));
      if (last >= 0) add(index, last, vertex);
      last = vertex;
    }
  });

  const tail = (way: number) => ((way & 1) === 0 ? from : to)[way >> 1] ?? 0;
  const head = (way: number) => tail(way ^ 1);
  const directionOf = (way: number) => {
    const along = direction[way >> 1] ?? 0;
    return ((way & 1) === 0 ? along : -along) as -1 | 0 | 1;
  };
  const kind = kindsOf(lines);
  const [starts, heads] = [from.subarray(0, pieceCount), to.subarray(0, pieceCount)];
  const count = vertices.count();
  const { arcStart: start, arcs: ends } = arcsOf(count, starts, heads);
  return {
    /** Of vertices. */
    count,
    x: vertices.x,
    y: vertices.y,
    pieceCount,
    /** Ways out of vertex `v`: `ends[i]` for i from `start[v]` to before `start[v + 1]`. */
    start,
    ends,
    tail,
    head,
    lineOf: (way: number) => lines[owner[way >> 1] ?? 0] as StreetLine,
    /** Of vehicles on this way: 1 this direction alone, -1 the other alone, 0 both. */
    directionOf,
    /** Equal where one way goes on as the other: name, class and direction. */
    likeness: (way: number) => 3 * (kind[owner[way >> 1] ?? 0] ?? 0) + directionOf(way) + 1,
  };
}

/** Of two lines over the same ground the wider class is kept, then the one that has a name. */
function rankOf(line: StreetLine): number {
  return 2 * streetClasses.indexOf(line.class) + Number(line.name === null);
}

/** The same number for lines of one name and class. */
function kindsOf(lines: readonly StreetLine[]): Uint32Array {
  const index = createIndex();
  return Uint32Array.from(lines, ({ name, class: kind }) => index.of(`${kind} ${name ?? ""}`));
}

/** Numbers names in the order in which they are first asked for. */
export function createIndex() {
  const known = new Map<string, number>();
  const all: string[] = [];
  return {
    all,
    of: (key: string): number => {
      const index = known.get(key) ?? all.length;
      if (index === all.length) {
        known.set(key, index);
        all.push(key);
      }
      return index;
    },
  };
}

/** A number for each place of the grid, the same for equal ones: a table with open addresses, as a file has a million. */
function createVertices(most: number) {
  const mask = 2 ** Math.ceil(Math.log2(2 * most + 1)) - 1;
  const slots = new Int32Array(mask + 1).fill(-1);
  const [x, y] = [new Int32Array(most), new Int32Array(most)];
  let count = 0;
  return {
    x,
    y,
    count: () => count,
    at: (px: number, py: number): number => {
      const mixed = Math.imul(px, 0x9e3779b1) ^ Math.imul(py, 0x85ebca6b);
      let slot = (mixed ^ (mixed >>> 15)) & mask;
      for (let known = slots[slot] as number; known >= 0; known = slots[slot] as number) {
        if (x[known] === px && y[known] === py) return known;
        slot = (slot + 1) & mask;
      }
      slots[slot] = count;
      x[count] = px;
      y[count] = py;
      count += 1;
      return count - 1;
    },
  };
}
