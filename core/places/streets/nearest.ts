import type { Position } from "#core/geo/cell.ts";
import { drawingOfGraph, indexOf, pointOn, shareOf } from "#core/places/streets/drawing.ts";
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

export type Nearest = ReturnType<typeof createNearest>;

export function createNearest(graph: StreetGraph) {
  const { shapeStart, shape } = graph;
  const drawing = drawingOfGraph(graph);
  const index = indexOf(drawing);
  const near = (
    x: number,
    y: number,
    metres: number,
    mayUse: (segment: number) => boolean,
  ): Map<number, Found> => {
    const { east, north } = unitMetresAt(y);
    // A little more than the reach, since a unit is shorter away from the equator.
    const [across, along] = [(1.01 * metres) / east, (1.01 * metres) / north];
    const found = new Map<number, Found>();
    index?.(x - across, y - along, x + across, y + along, (piece) => {
      const segment = drawing.lineOf[piece] as number;
      if (!mayUse(segment)) return;
      const [px, py] = pointOn(drawing, piece, shareOf(drawing, piece, x, y, east, north));
      const away = Math.hypot((x - px) * east, (y - py) * north);
      const known = found.get(segment);
      if (away > metres || (known && known.metres <= away)) return;
      found.set(segment, { metres: away, piece, x: px, y: py });
    });
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
  /** The nearest one that is taken; places come from the nearest on, one for each segment. */
  const placeAt = (
    at: Position,
    withinMetres: number,
    mayUse: (segment: number) => boolean,
    isTaken: (place: StreetPlace) => boolean = () => true,
  ): StreetPlace | null => {
    // Not rounded to the grid: the point need not be a vertex.
    const [x, y] = [at[0] * unitsPerDegree, at[1] * unitsPerDegree];
    // Growing search: most points have a street at hand, and the reach may be large.
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
  return {
    placeAt,
    /** The nearest place on any segment; of two equally near the lower segment. */
    segmentAt: (at: Position, withinMetres: number) => placeAt(at, withinMetres, () => true),
  };
}

interface Found {
  readonly metres: number;
  /** Vertex before the place. */
  readonly piece: number;
  readonly x: number;
  readonly y: number;
}
