import type { Kernel } from "#core/stats/kernel.ts";
import { createPointGrid } from "#core/stats/point-grid.ts";

export interface WeightedPoints {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** One each where left out. */
  readonly weight?: ArrayLike<number>;
}

/**
 * Kernel density of points at places, per square unit of the coordinates: the sum of the kernel over
 * all points, so that it integrates to the sum of the weights.
 */
export function density(
  points: WeightedPoints,
  at: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> },
  kernel: Kernel,
): Float64Array {
  const grid = createPointGrid(points.x, points.y, kernel.reach);
  const weight = points.weight ? Float64Array.from(grid.order, weightAt(points.weight)) : null;
  const limit = kernel.reach * kernel.reach;
  const densities = new Float64Array(at.x.length);
  let px = 0;
  let py = 0;
  let sum = 0;
  const addRange = (from: number, to: number) => {
    const { x, y } = grid;
    for (let point = from; point < to; point += 1) {
      const dx = (x[point] as number) - px;
      const dy = (y[point] as number) - py;
      const squared = dx * dx + dy * dy;
      if (squared > limit) continue;
      const share = kernel.at(squared);
      sum += weight === null ? share : (weight[point] as number) * share;
    }
  };
  for (let place = 0; place < densities.length; place += 1) {
    px = at.x[place] as number;
    py = at.y[place] as number;
    sum = 0;
    grid.ranges(px, py, addRange);
    densities[place] = sum;
  }
  return densities;
}

function weightAt(weight: ArrayLike<number>): (point: number) => number {
  return (point) => weight[point] as number;
}
