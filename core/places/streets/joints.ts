import type { Drawing } from "#core/places/streets/drawing.ts";
import { toDegrees } from "#core/places/streets/line.ts";

/** What was found to be one place. */
export interface Joints {
  /** Two vertices are one. */
  readonly join: (one: number, other: number) => void;
  /** A vertex lies on a piece as well, at this share of it. */
  readonly putOn: (piece: number, share: number, vertex: number) => void;
  /** A vertex of its own that no line has yet. */
  readonly add: (x: number, y: number) => number;
  /** The line of an end goes on to a vertex. */
  readonly goOn: (end: number, vertex: number) => void;
  readonly lineOf: (line: number) => [number, number][];
}

export function createJoints({ x, y, start }: Drawing): Joints {
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
    join: (one, other) => {
      const [a, b] = [first(one), first(other)];
      if (a !== b) same[Math.max(a, b)] = Math.min(a, b);
    },
    putOn: (piece, share, vertex) => {
      const points = onPiece.get(piece);
      if (points) points.push({ share, vertex });
      else onPiece.set(piece, [{ share, vertex }]);
    },
    add: (px, py) => {
      addedX.push(Math.round(px));
      addedY.push(Math.round(py));
      return x.length + addedX.length - 1;
    },
    goOn: (end, vertex) => {
      goesOn.set(end, vertex);
    },
    lineOf: (line) => {
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
