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
  const { weight } = points;
  return Float64Array.from({ length: at.x.length }, (_, place) => {
    let sum = 0;
    grid.near(at.x[place] as number, at.y[place] as number, (point, squared) => {
      sum += (weight ? (weight[point] as number) : 1) * kernel.at(squared);
    });
    return sum;
  });
}
