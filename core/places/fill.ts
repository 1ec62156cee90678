import { polygonToCells } from "h3-js";
import type { H3Cell } from "#core/geo/cell.ts";
import type { Area } from "#core/places/wire/places.ts";
import { compareText } from "#core/text/text-order.ts";

/** The cells whose centre lies inside any of the areas, sorted. */
export function cellsInside(
  areas: readonly Pick<Area, "polygons">[],
  resolution: number,
): H3Cell[] {
  const cells = new Set<H3Cell>();
  for (const { polygons } of areas) {
    for (const rings of polygons) for (const cell of cellsOf(rings, resolution)) cells.add(cell);
  }
  return [...cells].sort(compareText);
}

type Rings = Area["polygons"][number];

/** Boroughs are asked for again and again, and their detailed lines take a quarter of a second to fill. */
const filled = new WeakMap<Rings, Map<number, readonly H3Cell[]>>();

function cellsOf(rings: Rings, resolution: number): readonly H3Cell[] {
  const byResolution = filled.get(rings) ?? new Map<number, readonly H3Cell[]>();
  filled.set(rings, byResolution);
  const cells =
    byResolution.get(resolution) ?? (polygonToCells(rings, resolution, true) as H3Cell[]);
  byResolution.set(resolution, cells);
  return cells;
}
