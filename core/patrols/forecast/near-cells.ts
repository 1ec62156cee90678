import { cellCentre } from "#core/geo/cell.ts";
import { createPlane } from "#core/geo/plane.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { createPointGrid } from "#core/stats/point-grid.ts";

/** For each cell the cells around it, itself included, with the distance of their centres. */
export interface NearCells {
  /** Those of cell `i` are `targets[offsets[i] .. offsets[i + 1])`. */
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  readonly metres: Float64Array;
}

export function nearCells(study: StudySet, reach: number): NearCells {
  const centres = study.cells.map(cellCentre);
  const plane = createPlane(centres[0] ?? [0, 0]);
  const points = centres.map((centre) => plane.toPlane(centre));
  const x = points.map(([east]) => east);
  const y = points.map(([, north]) => north);
  const grid = createPointGrid(x, y, reach);
  const offsets = new Uint32Array(points.length + 1);
  const targets: number[] = [];
  const metres: number[] = [];
  points.forEach(([east, north], cell) => {
    grid.near(east, north, (other, squared) => {
      targets.push(other);
      metres.push(Math.sqrt(squared));
    });
    offsets[cell + 1] = targets.length;
  });
  return { offsets, targets: Uint32Array.from(targets), metres: Float64Array.from(metres) };
}

/** Spreads a value of each cell over the cells around it by a weight of the distance. */
export function spread(values: Float64Array, near: NearCells, weights: Float64Array): Float64Array {
  const { offsets, targets } = near;
  return Float64Array.from(values, (_, cell) => {
    let sum = 0;
    const end = offsets[cell + 1] as number;
    for (let at = offsets[cell] as number; at < end; at += 1) {
      sum += (values[targets[at] as number] as number) * (weights[at] as number);
    }
    return sum;
  });
}
