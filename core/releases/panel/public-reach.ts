import type { H3Cell } from "#core/geo/cell.ts";
import type { PublicAreas } from "#core/places/public-areas.ts";

/** Where a set of cells lies among the smallest public areas: each that holds any of them. */
export type PublicReach = readonly AreaReach[];

export interface AreaReach {
  readonly area: string;
  /** Those of the set. */
  readonly cells: readonly string[];
  /** How many the area has in all. */
  readonly size: number;
}

/** Cells outside the command lie in no public area. */
export function publicReach(
  cells: Iterable<H3Cell>,
  { counted }: Pick<PublicAreas, "counted">,
): PublicReach {
  const given = new Set(cells);
  return counted
    .map(({ area, cells: all }) => ({
      area,
      cells: all.filter((cell) => given.has(cell)),
      size: all.length,
    }))
    .filter((reach) => reach.cells.length > 0);
}

/** The areas that lie as a whole in one of these places or in several together. */
export function areasWithin(places: readonly PublicReach[]): Set<string> {
  const found = new Map<string, Set<string>>();
  const whole = new Set<string>();
  for (const { area, cells, size } of places.flat()) {
    const known = found.get(area) ?? new Set();
    for (const cell of cells) known.add(cell);
    found.set(area, known);
    if (known.size === size) whole.add(area);
  }
  return whole;
}
