import { cellRing, type H3Cell } from "#core/geo/cell.ts";
import { createPlane, locateOnLine, type PlanePoint } from "#core/geo/plane.ts";
import { isInsidePolygons } from "#core/geo/point-in-polygon.ts";
import { linesApart } from "#core/geo/segments.ts";
import { createSquares } from "#core/geo/squares.ts";
import type { FactorKind, LayerFeaturesReply, PlaceFactor } from "#core/places/wire/layers.ts";
import { compareText } from "#core/text/text-order.ts";

/** A minute's walk, and less than the width of a cell. */
export const nearMetres = 100;

export interface NearFactor {
  readonly kind: FactorKind;
  readonly label: string | null;
  /** From the edge of the cell; 0 where some of it lies inside. */
  readonly metres: number;
}

export interface FactorIndex {
  readonly kinds: readonly FactorKind[];
  /** Within `nearMetres` of the cell's outline or inside it, nearest first. */
  readonly near: (cell: H3Cell) => readonly NearFactor[];
}

interface Held {
  readonly kind: FactorKind;
  readonly factor: PlaceFactor;
  readonly line: readonly PlanePoint[];
}

const squareMetres = 250;

/**
 * Factors in a square grid, so that a cell checks only nearby ones: 40,000 lamps and 8,301 cells
 * take about a second. Planar distances, right to 0.1 % (core/geo/plane.ts).
 */
export function createFactorIndex({ kinds }: Pick<LayerFeaturesReply, "kinds">): FactorIndex {
  const origin = kinds[0]?.factors[0]?.line[0];
  if (!origin) return { kinds: [], near: () => [] };
  const plane = createPlane(origin);
  const squares = createSquares<Held>(squareMetres);
  for (const { kind, factors } of kinds) {
    for (const factor of factors) {
      const line = factor.line.map(plane.toPlane);
      squares.put(line, { kind, factor, line });
    }
  }
  return {
    kinds: kinds.filter(({ factors }) => factors.length > 0).map(({ kind }) => kind),
    near: (cell) => {
      const ring = cellRing(cell).map(plane.toPlane);
      return squares
        .around(ring, nearMetres)
        .map(({ kind, factor, line }) => ({
          kind,
          label: factor.label,
          metres: distanceBetween(ring, line, factor.shape === "ground"),
        }))
        .filter(({ metres }) => metres <= nearMetres)
        .sort((a, b) => a.metres - b.metres || compareText(a.label ?? "", b.label ?? ""));
    },
  };
}

/**
 * Number of each kind near each cell: one array per kind, in cell order. `onCells` is called now
 * and then with the number done.
 */
export function countNear(
  cells: readonly H3Cell[],
  index: FactorIndex,
  onCells: (done: number) => void = () => undefined,
): ReadonlyMap<FactorKind, Uint32Array> {
  const counts = new Map(index.kinds.map((kind) => [kind, new Uint32Array(cells.length)] as const));
  cells.forEach((cell, at) => {
    if (at % cellsBetweenWords === 0) onCells(at);
    for (const { kind } of index.near(cell)) {
      const column = counts.get(kind);
      if (column) column[at] = (column[at] ?? 0) + 1;
    }
  });
  return counts;
}

const cellsBetweenWords = 200;

/** Between a closed ring's ground and a line, or another ring's ground. */
function distanceBetween(
  ring: readonly PlanePoint[],
  line: readonly PlanePoint[],
  isGround: boolean,
): number {
  const [first] = line;
  const [corner] = ring;
  if (first && isInsidePolygons(first, [[ring]])) return 0;
  if (isGround && corner && isInsidePolygons(corner, [[line]])) return 0;
  return first && line.length === 1 ? locateOnLine(first, ring).distance : linesApart(ring, line);
}

/** Study-area cells in three groups, to compare hot ones with similar ones too. */
export type PlaceGroup = "hot" | "reported" | "empty";

export interface GroupShare {
  readonly places: number;
  /** Places with one or more in or near them. */
  readonly withAny: number;
  /** Factors of the kind in or near them, counted once per place. */
  readonly factors: number;
}

export interface FactorShare {
  readonly kind: FactorKind;
  readonly groups: Readonly<Record<PlaceGroup, GroupShare>>;
}

interface FactorSharesInput {
  /** Factors in or near each cell, by kind, from `countNear`. */
  readonly near: ReadonlyMap<FactorKind, ArrayLike<number>>;
  /** 1 where a cell is hot. */
  readonly hot: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
}

export function factorShares({ near, hot, counts }: FactorSharesInput): FactorShare[] {
  const groupOf = (cell: number): PlaceGroup =>
    hot[cell] === 1 ? "hot" : (counts[cell] ?? 0) > 0 ? "reported" : "empty";
  return [...near].map(([kind, numbers]) => {
    const groups = { hot: noShare(), reported: noShare(), empty: noShare() };
    for (let cell = 0; cell < hot.length; cell += 1) {
      const group = groups[groupOf(cell)];
      const found = numbers[cell] ?? 0;
      group.places += 1;
      group.factors += found;
      if (found > 0) group.withAny += 1;
    }
    return { kind, groups };
  });
}

function noShare(): { places: number; withAny: number; factors: number } {
  return { places: 0, withAny: 0, factors: 0 };
}
