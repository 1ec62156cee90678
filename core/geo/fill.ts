import { polygonToCells } from "h3-js";
import type { H3Cell } from "#core/geo/cell.ts";
import { compareText } from "#core/text-order.ts";
import type { Area } from "#core/wire/places.ts";

/** The cells whose centre lies inside any of the areas, sorted. */
export function cellsInside(
  areas: readonly Pick<Area, "polygons">[],
  resolution: number,
): H3Cell[] {
  const cells = new Set<string>();
  for (const { polygons } of areas) {
    for (const rings of polygons) {
      for (const cell of polygonToCells(rings, resolution, true)) cells.add(cell);
    }
  }
  return [...cells].sort(compareText) as H3Cell[];
}
