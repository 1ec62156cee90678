import Flatbush from "flatbush";
import type { Position } from "#core/geo/cell.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import {
  metresOfLine,
  metresOfPiece,
  toDegrees,
  unitMetresAt,
  unitsPerDegree,
} from "#core/places/streets/line.ts";

export interface StreetPlace {
  readonly segment: number;
  readonly metres: number;
  /** Metres along the segment from its first node. */
  readonly along: number;
  readonly at: Position;
}

export interface Nearest {
  /** The nearest place on any segment; of two equally near the lower segment. */
  readonly segmentAt: (at: Position, withinMetres: number) => StreetPlace | null;
  /** The nearest one that is taken; places come from the nearest on, one for each segment. */
  readonly placeAt: (
    at: Position,
    withinMetres: number,
    mayUse: (segment: number) => boolean,
    isTaken?: (place: StreetPlace) => boolean,
  ) => StreetPlace | null;
}

/** Vertices that one box of the index spans. */
const stride = 8;

export function createNearest(graph: StreetGraph): Nearest {
  const { segmentCount, shapeStart, shape } = graph;
  const boxSegment: number[] = [];
  const boxFirst: number[] = [];
  for (let segment = 0; segment < segmentCount; segment += 1) {
    const end = (shapeStart[segment + 1] ?? 0) - 1;
    for (let first = shapeStart[segment] ?? 0; first < end; first += stride) {
      boxSegment.push(segment);
      boxFirst.push(first);
    }
  }
  const lastOf = (box: number) =>
    Math.min((boxFirst[box] ?? 0) + stride, (shapeStart[(boxSegment[box] ?? 0) + 1] ?? 0) - 1);
  // Flatbush takes no empty index.
  const index = boxFirst.length === 0 ? null : new Flatbush(boxFirst.length, 16, Int32Array);
  boxFirst.forEach((first, box) => {
    index?.add(...boundsOf(shape, first, lastOf(box)));
  });
  index?.finish();

  const near = (
    x: number,
    y: number,
    metres: number,
    mayUse: (segment: number) => boolean,
  ): Map<number, Found> => {
    const { east, north } = unitMetresAt(y);
    // A little more than the reach, since a unit measures less further from the equator.
    const [across, along] = [(1.01 * metres) / east, (1.01 * metres) / north];
    const found = new Map<number, Found>();
    for (const box of index?.search(x - across, y - along, x + across, y + along) ?? []) {
      const segment = boxSegment[box] ?? 0;
      if (!mayUse(segment)) continue;
      const one = locate(shape, boxFirst[box] ?? 0, lastOf(box), x, y);
      const known = found.get(segment);
      if (one.metres > metres || (known && known.metres <= one.metres)) continue;
      found.set(segment, one);
    }
    return found;
  };
  const placeOf = (segment: number, { piece, x, y, metres }: Found): StreetPlace => {
    const first = shapeStart[segment] ?? 0;
    const along =
      metresOfLine(shape, first, piece) +
      metresOfPiece(shape[2 * piece] ?? 0, shape[2 * piece + 1] ?? 0, x, y);
    const length = graph.metres[segment] ?? 0;
    return { segment, metres, along: Math.min(along, length), at: [toDegrees(x), toDegrees(y)] };
  };
  const placeAt: Nearest["placeAt"] = (at, withinMetres, mayUse, isTaken = () => true) => {
    // Not rounded to the grid: the place itself need not be a vertex.
    const [x, y] = [at[0] * unitsPerDegree, at[1] * unitsPerDegree];
    // Wider and wider: most points have a street at hand, and the reach may be large.
    for (let reach = Math.min(60, withinMetres); ; reach = Math.min(3 * reach, withinMetres)) {
      const found = [...near(x, y, reach, mayUse)].sort(
        ([a, one], [b, other]) => one.metres - other.metres || a - b,
      );
      for (const [segment, one] of found) {
        const place = placeOf(segment, one);
        if (isTaken(place)) return place;
      }
      if (!(reach < withinMetres)) return null;
    }
  };
  return { placeAt, segmentAt: (at, withinMetres) => placeAt(at, withinMetres, () => true) };
}

type Bounds = [west: number, south: number, east: number, north: number];

function boundsOf(shape: Int32Array, first: number, last: number): Bounds {
  const bounds: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = first; at <= last; at += 1) {
    const [x, y] = [shape[2 * at] ?? 0, shape[2 * at + 1] ?? 0];
    bounds[0] = Math.min(bounds[0], x);
    bounds[1] = Math.min(bounds[1], y);
    bounds[2] = Math.max(bounds[2], x);
    bounds[3] = Math.max(bounds[3], y);
  }
  return bounds;
}

interface Found {
  readonly metres: number;
  /** Vertex before the place. */
  readonly piece: number;
  readonly x: number;
  readonly y: number;
}

function locate(shape: Int32Array, first: number, last: number, x: number, y: number): Found {
  const { east, north } = unitMetresAt(y);
  let best: Found = { metres: Infinity, piece: first, x, y };
  for (let at = first; at < last; at += 1) {
    const [ax, ay] = [shape[2 * at] ?? 0, shape[2 * at + 1] ?? 0];
    const [dx, dy] = [(shape[2 * at + 2] ?? 0) - ax, (shape[2 * at + 3] ?? 0) - ay];
    const [ex, ey] = [dx * east, dy * north];
    const along = ((x - ax) * east * ex + (y - ay) * north * ey) / (ex * ex + ey * ey);
    const inside = Math.min(1, Math.max(0, along));
    const [nx, ny] = [ax + inside * dx, ay + inside * dy];
    const metres = Math.hypot((x - nx) * east, (y - ny) * north);
    if (metres < best.metres) best = { metres, piece: at, x: nx, y: ny };
  }
  return best;
}
