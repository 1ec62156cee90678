import { cellRing, type H3Cell } from "#core/geo/cell.ts";
import { createPlane, locateOnLine, type PlanePoint } from "#core/geo/plane.ts";
import { isInsidePolygons } from "#core/geo/point-in-polygon.ts";
import { linesApart } from "#core/geo/segments.ts";
import { createSquares } from "#core/geo/squares.ts";
import type { FactorKind, LayerFeaturesReply, PlaceFactor } from "#core/places/wire/layers.ts";
import { compareText } from "#core/text/text-order.ts";

/** How near counts as beside a cell: about a minute's walk, and less than the width of a cell. */
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
 * Factors in a grid of squares, so that a cell meets only those around it: 40,000 lamps and 8,301 cells
 * are answered in about a second. Distances are in a plane, right to 0.1 % (core/geo/plane.ts).
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
 * How many of each kind lie near each cell: one array a kind, in the order of the cells. `onCells` hears
 * how many are done, now and then.
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

/** Between the ground inside a closed ring and a line, or the ground inside it. */
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

/** The places of a study area in three groups, so that hot ones are held against their like as well. */
export type PlaceGroup = "hot" | "reported" | "empty";

export interface GroupShare {
  readonly places: number;
  /** Places with at least one of the kind in them or near. */
  readonly withAny: number;
  /** Of the kind in or near them, each counted at every place that it is near. */
  readonly factors: number;
}

export interface FactorShare {
  readonly kind: FactorKind;
  readonly groups: Readonly<Record<PlaceGroup, GroupShare>>;
}

interface FactorSharesInput {
  /** Per kind, how many are in or near each cell: `countNear`. */
  readonly near: ReadonlyMap<FactorKind, ArrayLike<number>>;
  /** 1 where a cell is hot. */
  readonly hot: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
}

/** How often each place factor occurs at hot places, at others with reports, and at those without. */
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
