import type { H3Cell } from "#core/geo/cell.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";

/** Where a cluster lies, for people. */
export interface ClusterPlace {
  /** Of the cell with the most reports: "Fore Street by Brettenham Road". */
  readonly place: string;
  /** The edge in whose zone most of it lies, named by its neighbour; null where none is. */
  readonly neighbour: string | null;
  /** Of its reports, those beyond the line with that neighbour; 0 at a line inside the command. */
  readonly beyond: number;
}

type CountedCells = readonly { readonly cell: H3Cell; readonly reports: number }[];

export function clusterPlace(
  cells: CountedCells,
  edgeZones: readonly EdgeZone[],
  nameOf: (cell: H3Cell) => string,
): ClusterPlace {
  const [busiest] = cells;
  if (busiest === undefined) throw new RangeError("A cluster without a report");
  const place = nameOf(busiest.cell);
  const all = countIn(cells, () => true);
  for (const { neighbour, inner, outer, isInternal } of edgeZones) {
    const [near, far] = [new Set(inner), new Set(outer)];
    const within = countIn(cells, (cell) => near.has(cell) || far.has(cell));
    if (2 * within < all) continue;
    return { place, neighbour, beyond: isInternal ? 0 : countIn(cells, (cell) => far.has(cell)) };
  }
  return { place, neighbour: null, beyond: 0 };
}

function countIn(cells: CountedCells, isInside: (cell: H3Cell) => boolean): number {
  return cells.reduce((sum, { cell, reports }) => sum + (isInside(cell) ? reports : 0), 0);
}
