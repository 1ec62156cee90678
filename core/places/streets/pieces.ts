import { arcsOf } from "#core/places/streets/graph.ts";
import { type StreetLine, streetClasses, toUnits } from "#core/places/streets/line.ts";

/**
 * All lines cut at their vertices. A directed piece is `2 * piece` along it, `2 * piece + 1`
 * against it.
 */
export type Pieces = ReturnType<typeof piecesOf>;

export function piecesOf(lines: readonly StreetLine[]) {
  const most = lines.reduce((sum, { line }) => sum + Math.max(0, line.length - 1), 0);
  const vertices = createVertices();
  const [from, to] = [new Uint32Array(most), new Uint32Array(most)];
  const owner = new Uint32Array(most);
  const direction = new Int8Array(most);
  const pairs = createIndex<number>();
  let pieceCount = 0;

  const add = (line: number, a: number, b: number) => {
    const given = lines[line];
    if (a === b || !given) return;
    // No line has more vertices than twice its pieces.
    const twin = pairs.of(Math.min(a, b) * 2 * most + Math.max(a, b));
    if (twin === pieceCount) {
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
    let before = -1;
    for (const [lng, lat] of line) {
      if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) {
        throw new RangeError(`Line ${index + 1} has a vertex at ${lng}, ${lat}, which is no place`);
      }
      const vertex = vertices.at(toUnits(lng), toUnits(lat));
      if (before >= 0) add(index, before, vertex);
      before = vertex;
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
  const { arcStart: start, arcs: ends } = arcsOf(vertices.x.length, starts, heads);
  return {
    /** Of vertices. */
    count: vertices.x.length,
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
  const index = createIndex<string>();
  return Uint32Array.from(lines, ({ name, class: kind }) => index.of(`${kind} ${name ?? ""}`));
}

/** Numbers things in the order in which they are first asked for. */
export function createIndex<Key>() {
  const known = new Map<Key, number>();
  const all: Key[] = [];
  return {
    all,
    of: (key: Key): number => {
      const index = known.get(key) ?? all.length;
      if (index === all.length) {
        known.set(key, index);
        all.push(key);
      }
      return index;
    },
  };
}

/** A number for each place of the grid, the same for equal ones. */
function createVertices() {
  const known = new Map<number, Map<number, number>>();
  const [x, y]: [number[], number[]] = [[], []];
  return {
    x,
    y,
    at: (px: number, py: number): number => {
      const column = known.get(px) ?? new Map<number, number>();
      if (column.size === 0) known.set(px, column);
      const vertex = column.get(py) ?? x.length;
      if (vertex === x.length) {
        column.set(py, vertex);
        x.push(px);
        y.push(py);
      }
      return vertex;
    },
  };
}
