import {
  cellAt,
  cellRing,
  eventResolution,
  type H3Cell,
  neighboursOf,
  type Position,
} from "#core/geo/cell.ts";
import { onceBy } from "#core/once-for.ts";

/**
 * All cells that a line shares ground with, in order along it, ends included. Exact: each piece is
 * cut by the cells' own sides, and a cell that it only touches counts.
 */
export type CellWalk = (line: readonly Position[]) => H3Cell[];

/** Cells are looked up once for all lines that one walk is asked for. */
export function createCellWalk(): CellWalk {
  const of = onceBy((cell: H3Cell) => ({ ring: cellRing(cell), neighbours: neighboursOf(cell) }));
  return (line) => {
    const crossed = new Set<H3Cell>();
    let here: H3Cell | null = null;
    line.forEach((from, index) => {
      const to = line[index + 1] ?? from;
      if (index > 0 && index + 1 === line.length) return;
      here ??= cellAt(from, eventResolution);
      const cells = cellsOfPiece(here, from, to, of);
      for (const cell of cells) crossed.add(cell);
      here = cells.find((cell) => share(of(cell).ring, to, to) !== null) ?? null;
      if (here === null) {
        // Rounding left the end between two outlines.
        here = cellAt(to, eventResolution);
        crossed.add(here);
      }
    });
    return [...crossed];
  };
}

/** From cell to neighbour as long as the piece meets it: what a straight piece meets hangs together. */
function cellsOfPiece(
  first: H3Cell,
  from: Position,
  to: Position,
  of: (cell: H3Cell) => {
    readonly ring: readonly Position[];
    readonly neighbours: readonly H3Cell[];
  },
): H3Cell[] {
  const entered = new Map<H3Cell, number>([[first, 0]]);
  const queue = [first];
  for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) {
    for (const other of of(cell).neighbours) {
      if (entered.has(other)) continue;
      const at = share(of(other).ring, from, to);
      if (at === null) continue;
      entered.set(other, at);
      queue.push(other);
    }
  }
  return [...entered].sort(([, a], [, b]) => a - b).map(([cell]) => cell);
}

/** In degrees, a tenth of a millimetre: what rounding of outlines may hide. */
const touching = 1e-9;

/**
 * How far along a straight piece it first meets a counter-clockwise convex ring, from 0 to 1; null
 * where it does not (Cyrus and Beck 1978, doi 10.1016/0097-8493(78)90021-3).
 */
function share(ring: readonly Position[], [ax, ay]: Position, [bx, by]: Position): number | null {
  let enters = 0;
  let leaves = 1;
  for (let side = 0; side + 1 < ring.length; side += 1) {
    const [px, py] = ring[side] as Position;
    const [qx, qy] = ring[side + 1] as Position;
    const [dx, dy] = [qx - px, qy - py];
    const margin = touching * Math.sqrt(dx * dx + dy * dy);
    const atStart = dx * (ay - py) - dy * (ax - px) + margin;
    const atEnd = dx * (by - py) - dy * (bx - px) + margin;
    if (atStart < 0 && atEnd < 0) return null;
    if (atStart < 0) enters = Math.max(enters, atStart / (atStart - atEnd));
    else if (atEnd < 0) leaves = Math.min(leaves, atStart / (atStart - atEnd));
    if (enters > leaves) return null;
  }
  return enters;
}
