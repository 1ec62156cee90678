import { latitudeAt, longitudeAt, type Tile } from "#core/geo/tiles/area-tiles.ts";
import type { StreetLine } from "#core/places/streets/line.ts";
import {
  type Part,
  type Road,
  type TileFeature,
  type TilePoint,
  unitsOfTile,
} from "#core/places/streets/source/tile-feature.ts";

/** How far apart two tiles may cut the same line: each rounds what it cuts outside itself. */
const cutApart = 2;

/**
 * Streets of a block of tiles of one zoom. Each line is cut at its tile's edge, so that no stretch
 * comes twice (tiles overlap by a margin), and both sides of a cut end in the identical position,
 * bit for bit. Pieces of one street are not joined here, and a side street may end between two
 * vertices of a line, as tile makers drop collinear ones.
 */
export function createLineReader() {
  const pieces: (Road & { readonly line: StreetLine["line"] })[] = [];
  const cuts = new Set<string>();
  return {
    /** The tiles of one zoom, each once, in any order. */
    add: (tile: Tile, features: readonly TileFeature[]) => {
      for (const { road, parts } of features) {
        if (road === null) continue;
        for (const part of parts) for (const piece of cutLine(part)) keep(tile, road, piece);
      }
    },
    lines: (): readonly StreetLine[] => named(pieces),
  };

  function keep({ z, x, y }: Tile, road: Road, piece: readonly Unit[]): void {
    const points: Unit[] = [];
    for (const [index, [left, top]] of piece.entries()) {
      const isEnd = index === 0 || index === piece.length - 1;
      const whole: Unit = [x * unitsOfTile + Math.round(left), y * unitsOfTile + Math.round(top)];
      const point = isEnd ? meet(cuts, whole, road) : whole;
      const last = points.at(-1);
      if (last?.[0] !== point[0] || last[1] !== point[1]) points.push(point);
    }
    if (points.length < 2) return;
    const line = points.map(
      ([across, down]) =>
        [longitudeAt(across / unitsOfTile, z), latitudeAt(down / unitsOfTile, z)] as const,
    );
    pieces.push({ line, ...road });
  }
}

/** A stretch with a number and no name takes the one that lines at both of its ends have, as far as that leads. */
function named(pieces: readonly (Road & { readonly line: StreetLine["line"] })[]): StreetLine[] {
  const lines = pieces.map(({ number: _, ...line }) => line);
  const isAsking = ({ name, number }: Road) => name === null && number !== undefined;
  const asking = pieces.filter(isAsking).flatMap(({ line }) => [line[0], line.at(-1)]);
  // Few ends are queried, and checking the latitude is cheaper than building a key.
  const latitudes = new Set(asking.map((end) => end?.[1]));
  const namesAt = new Map<string, Set<string>>();
  const endsOf = ({ line }: StreetLine) =>
    [line[0], line.at(-1)].filter((end) => latitudes.has(end?.[1])).map(String);
  const put = (line: StreetLine) => {
    if (line.name === null) return;
    for (const end of endsOf(line)) {
      namesAt.set(end, (namesAt.get(end) ?? new Set()).add(line.name));
    }
  };
  lines.forEach(put);
  for (const [index, piece] of pieces.entries()) {
    const line = lines[index] as StreetLine;
    if (!isAsking(piece)) continue;
    const [first, last] = endsOf(line).map((end) => namesAt.get(end));
    const shared = [...(first ?? [])].filter((name) => last?.has(name));
    if (shared.length !== 1) continue;
    lines[index] = { ...line, name: shared[0] ?? null };
    put(lines[index]);
  }
  return lines;
}

type Unit = readonly [across: number, down: number];

/** Nearest first. */
const offsets = Array.from({ length: 2 * cutApart + 1 }, (_, index) =>
  index % 2 === 0 ? index / 2 : -(index + 1) / 2,
);

/** An end on the edge of a tile goes where the same street was cut on the other side. */
function meet(cuts: Set<string>, point: Unit, road: Road): Unit {
  const axis = point.findIndex((at) => at % unitsOfTile === 0);
  if (axis < 0) return point;
  const [across, down] = point;
  for (const apart of offsets) {
    const there: Unit = axis === 0 ? [across, down + apart] : [across + apart, down];
    if (cuts.has(cutKey(there, road))) return there;
  }
  cuts.add(cutKey(point, road));
  return point;
}

function cutKey([across, down]: Unit, road: Road): string {
  return `${across} ${down} ${road.class} ${road.oneWay} ${road.level ?? 0} ${road.name}`;
}

/** What of a line lies inside its tile, in as many pieces as it comes in. */
function cutLine(part: Part): Unit[][] {
  if (part.every(isInside)) return [part.map(({ x, y }) => [x, y])];
  const pieces: Unit[][] = [];
  for (let index = 1; index < part.length; index += 1) {
    const [from, to] = [part[index - 1], part[index]];
    const kept = from && to ? cutStretch([from.x, from.y], [to.x, to.y]) : null;
    if (kept === null) continue;
    const last = pieces.at(-1);
    const end = last?.at(-1);
    if (last && end?.[0] === kept[0][0] && end[1] === kept[0][1]) last.push(kept[1]);
    else pieces.push([...kept]);
  }
  return pieces;
}

function isInside({ x, y }: TilePoint): boolean {
  return x >= 0 && x < unitsOfTile && y >= 0 && y < unitsOfTile;
}

/** Liang and Barsky, "A new concept and method for line clipping", ACM TOG 3 (1984). */
function cutStretch(from: Unit, to: Unit): readonly [Unit, Unit] | null {
  let [begin, end] = [0, 1];
  for (const axis of [0, 1] as const) {
    const step = to[axis] - from[axis];
    if (step === 0) {
      // The far edge belongs to the next tile.
      if (from[axis] < 0 || from[axis] >= unitsOfTile) return null;
      continue;
    }
    const [low, high] = [-from[axis] / step, (unitsOfTile - from[axis]) / step];
    begin = Math.max(begin, Math.min(low, high));
    end = Math.min(end, Math.max(low, high));
  }
  if (begin >= end) return null;
  return [begin === 0 ? from : between(from, to, begin), end === 1 ? to : between(from, to, end)];
}

function between(from: Unit, to: Unit, share: number): Unit {
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}
