import type { H3Cell } from "#core/geo/cell.ts";
import type { PublicAreas } from "#core/panel/public-areas.ts";

/** Where a set of cells lies among the smallest public areas. */
export interface PublicReach {
  /** Areas with at least one of the cells. */
  readonly touched: readonly string[];
  /** Areas all of whose cells are among them. */
  readonly whole: readonly string[];
}

/** Cells outside the command lie in no public area. */
export function publicReach(
  cells: Iterable<H3Cell>,
  { counted }: Pick<PublicAreas, "counted">,
): PublicReach {
  const given = new Set(cells);
  const among = (cell: H3Cell) => given.has(cell);
  const touched = counted.filter((area) => area.cells.some(among));
  const whole = touched.filter((area) => area.cells.every(among));
  return { touched: touched.map(({ area }) => area), whole: whole.map(({ area }) => area) };
}
