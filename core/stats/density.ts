import { createPointGrid } from "#core/stats/point-grid.ts";

/**
 * Kernel density of points at places, per square unit of the coordinates; integrates to the sum of
 * the weights.
 */
export function density(
  points: {
    readonly x: ArrayLike<number>;
    readonly y: ArrayLike<number>;
    /** 1 each if absent. */
    readonly weight?: ArrayLike<number>;
  },
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

/** A plane density kernel: integrates to 1, per square unit of distance. */
interface Kernel {
  /** At a squared distance. */
  readonly at: (squared: number) => number;
  /** Zero beyond it. */
  readonly reach: number;
}

export const kernelNames = ["quartic", "gaussian"] as const;
export type KernelName = (typeof kernelNames)[number];

/** Standard deviations beyond which a Gaussian underflows a double. */
const gaussianReach = 38.6;

/**
 * Quartic (biweight): 3 / (pi h^2) (1 - (d/h)^2)^2 up to h (Silverman 1986, eq. 4.5). Gaussian: its
 * bandwidth is the standard deviation.
 */
export function createKernel(name: KernelName, bandwidth: number): Kernel {
  const square = bandwidth * bandwidth;
  if (name === "gaussian") {
    const scale = 1 / (2 * Math.PI * square);
    return {
      at: (squared) => scale * Math.exp(-squared / (2 * square)),
      reach: gaussianReach * bandwidth,
    };
  }
  const scale = 3 / (Math.PI * square);
  return {
    at: (squared) => (squared >= square ? 0 : scale * (1 - squared / square) ** 2),
    reach: bandwidth,
  };
}
