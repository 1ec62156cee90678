import {
  crossing,
  type Drawing,
  drawingOf,
  indexOf,
  type PieceIndex,
  pointOn,
  shareOf,
} from "#core/places/streets/drawing.ts";
import { type StreetLine, toDegrees, toUnits, unitMetresAt } from "#core/places/streets/line.ts";

export interface Reach {
  /** What vertices may be off by: two units of a tile. */
  readonly withinMetres: number;
  /** Pieces that tiles of a low zoom leave out for being short; 0 where all are there. */
  readonly gapMetres: number;
  /** Whether lines that cross on one level meet there; only where levels are told. */
  readonly crosses: boolean;
}

/**
 * What tiles of a zoom leave open: two of their units (4096 a tile) by rounding; and below zoom 14, where lines shorter
 * than two points of the picture (32 units) are left out, as much and a little more.
 */
export function reachOfTiles(zoom: number, latitude: number): Reach {
  const unit = (unitMetresAt(toUnits(latitude)).east * toUnits(360)) / (2 ** zoom * 4096);
  return { withinMetres: 2 * unit, gapMetres: zoom < 14 ? 40 * unit : 0, crosses: true };
}

/**
 * Rejoins lines that were drawn to meet: tile makers round vertices and drop collinear ones, so
 * side streets end beside their line, and crossings lack vertices. An end within reach of another
 * line of its level is snapped to it, a free end is extended over a gap, and lines that cross on
 * one level get a vertex there. Not for files that keep their junctions: a bridge without a level
 * would meet the street below.
 */
export function meetLines(lines: readonly StreetLine[], reach: Reach): StreetLine[] {
  const drawing = drawingOf(
    lines.map(({ line }) => line),
    ([lng, lat]) => [toUnits(lng), toUnits(lat)],
  );
  const index = indexOf(drawing);
  if (!index) return [...lines];
  const joints = createJoints(drawing);
  joinEnds(lines, drawing, index, joints, reach);
  if (reach.crosses) joinCrossings(lines, drawing, index, joints, reach);
  return lines.map((line, number) => ({ ...line, line: joints.lineOf(number) }));
}

function joinEnds(
  lines: readonly StreetLine[],
  drawing: Drawing,
  index: PieceIndex,
  joints: Joints,
  { withinMetres, gapMetres }: Reach,
): void {
  const { start, lineOf } = drawing;
  const isEnd = (vertex: number) =>
    lineOf[vertex - 1] !== lineOf[vertex] || lineOf[vertex + 1] !== lineOf[vertex];
  /** Ends meet ends of any level, as at the foot of a bridge, and lines of their own. */
  const mayMeet = (end: number, { piece, vertex }: Found) =>
    levelOf(lines, lineOf[end] as number) === levelOf(lines, lineOf[piece] as number) ||
    (vertex !== null && isEnd(vertex));
  const place = (end: number) => {
    const found = piecesNear(drawing, index, end, Math.max(withinMetres, gapMetres), withinMetres)
      .filter((one) => mayMeet(end, one))
      .sort((a, b) => a.metres - b.metres);
    const [nearest] = found;
    if (!nearest) return;
    for (const { piece, vertex, share, metres } of found) {
      if (metres > withinMetres) break;
      if (vertex !== null) joints.join(end, vertex);
      else joints.putOn(piece, share, end);
    }
    if (nearest.metres > withinMetres) joints.goOn(end, vertexOn(drawing, joints, nearest));
  };
  for (let line = 0; line < lines.length; line += 1) {
    const [begin, end] = [start[line] as number, (start[line + 1] as number) - 1];
    if (begin >= end) continue;
    place(begin);
    place(end);
  }
}

interface Found {
  readonly piece: number;
  /** The vertex of the piece that is as good as the nearest place of it. */
  readonly vertex: number | null;
  readonly share: number;
  readonly metres: number;
}

/** Pieces of other lines; a place within `slack` of a vertex is the vertex. */
function piecesNear(
  drawing: Drawing,
  index: PieceIndex,
  end: number,
  metres: number,
  slack: number,
): Found[] {
  const { x, y, lineOf } = drawing;
  const [px, py] = [x[end] as number, y[end] as number];
  const { east, north } = unitMetresAt(py);
  const apart = (qx: number, qy: number) => Math.hypot((qx - px) * east, (qy - py) * north);
  const [across, along] = [metres / east, metres / north];
  const found: Found[] = [];
  index(px - across, py - along, px + across, py + along, (piece) => {
    if (lineOf[piece] === lineOf[end]) return;
    const share = shareOf(drawing, piece, px, py, east, north);
    const there = apart(...pointOn(drawing, piece, share));
    const vertex = share < 0.5 ? piece : piece + 1;
    const toVertex = apart(x[vertex] as number, y[vertex] as number);
    const isVertex = toVertex <= Math.max(there, slack);
    const away = isVertex ? toVertex : there;
    if (away <= metres)
      found.push({ piece, vertex: isVertex ? vertex : null, share, metres: away });
  });
  return found;
}

/** The vertex of a place, which is put on its piece where it is none yet. */
function vertexOn(drawing: Drawing, joints: Joints, { piece, vertex, share }: Found): number {
  if (vertex !== null) return vertex;
  const added = joints.add(...pointOn(drawing, piece, share));
  joints.putOn(piece, share, added);
  return added;
}

function joinCrossings(
  lines: readonly StreetLine[],
  drawing: Drawing,
  index: PieceIndex,
  joints: Joints,
  { withinMetres }: Reach,
): void {
  const { x, y, lineOf } = drawing;
  /** Equal for lines that may meet: of one level, and motorways with motorways alone. */
  const floor = Float64Array.from(lines, ({ level = 0, class: kind }) =>
    kind === "motorway" ? level + 1e6 : level,
  );
  const vertexNear = (piece: number, px: number, py: number): number | null => {
    const { east, north } = unitMetresAt(py);
    const found = [piece, piece + 1].find(
      (at) =>
        Math.hypot(((x[at] as number) - px) * east, ((y[at] as number) - py) * north) <=
        withinMetres,
    );
    return found ?? null;
  };
  const cross = (one: number, other: number) => {
    const shares = crossing(drawing, one, other);
    if (!shares) return;
    const [px, py] = pointOn(drawing, one, shares[0]);
    const [near, far] = [vertexNear(one, px, py), vertexNear(other, px, py)];
    if (near !== null && far !== null) joints.join(near, far);
    else if (near !== null) joints.putOn(other, shares[1], near);
    else if (far !== null) joints.putOn(one, shares[0], far);
    else {
      const vertex = joints.add(px, py);
      joints.putOn(one, shares[0], vertex);
      joints.putOn(other, shares[1], vertex);
    }
  };
  for (let one = 0; one + 1 < x.length; one += 1) {
    const line = lineOf[one] as number;
    if (line !== lineOf[one + 1]) continue;
    const [ax, ay] = [x[one] as number, y[one] as number];
    const [bx, by] = [x[one + 1] as number, y[one + 1] as number];
    index(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), (other) => {
      const its = lineOf[other] as number;
      if (other > one && line !== its && floor[line] === floor[its]) cross(one, other);
    });
  }
}

function levelOf(lines: readonly StreetLine[], line: number): number {
  return lines[line]?.level ?? 0;
}

type Joints = ReturnType<typeof createJoints>;

/** What was found to be one place. */
function createJoints({ x, y, start }: Drawing) {
  const same = Int32Array.from(x, (_, vertex) => vertex);
  const addedX: number[] = [];
  const addedY: number[] = [];
  const goesOn = new Map<number, number>();
  const onPiece = new Map<number, { readonly share: number; readonly vertex: number }[]>();
  const first = (vertex: number): number => {
    let at = vertex;
    while (at < same.length && same[at] !== at) {
      same[at] = same[same[at] as number] as number;
      at = same[at] as number;
    }
    return at;
  };
  const at = (vertex: number): [number, number] => {
    const one = first(vertex);
    const own = one - x.length;
    return own < 0
      ? [toDegrees(x[one] as number), toDegrees(y[one] as number)]
      : [toDegrees(addedX[own] as number), toDegrees(addedY[own] as number)];
  };
  return {
    /** Two vertices are one. */
    join: (one: number, other: number) => {
      const [a, b] = [first(one), first(other)];
      if (a !== b) same[Math.max(a, b)] = Math.min(a, b);
    },
    /** A vertex lies on a piece as well, at this share of it. */
    putOn: (piece: number, share: number, vertex: number) => {
      const points = onPiece.get(piece);
      if (points) points.push({ share, vertex });
      else onPiece.set(piece, [{ share, vertex }]);
    },
    /** A vertex of its own that no line has yet. */
    add: (px: number, py: number): number => {
      addedX.push(Math.round(px));
      addedY.push(Math.round(py));
      return x.length + addedX.length - 1;
    },
    /** The line of an end goes on to a vertex. */
    goOn: (end: number, vertex: number) => {
      goesOn.set(end, vertex);
    },
    lineOf: (line: number) => {
      const points: [number, number][] = [];
      const [begin, end] = [start[line] as number, start[line + 1] as number];
      const before = goesOn.get(begin);
      const after = goesOn.get(end - 1);
      if (before !== undefined) points.push(at(before));
      for (let vertex = begin; vertex < end; vertex += 1) {
        points.push(at(vertex));
        const between = onPiece.get(vertex)?.sort((a, b) => a.share - b.share);
        for (const one of between ?? []) points.push(at(one.vertex));
      }
      if (after !== undefined) points.push(at(after));
      return points;
    },
  };
}
