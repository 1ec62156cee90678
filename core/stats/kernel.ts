/** A kernel of plane density: integrates to 1 over the plane, per square unit of the distance. */
export interface Kernel {
  /** At a squared distance. */
  readonly at: (squared: number) => number;
  /** Beyond it the kernel is 0. */
  readonly reach: number;
}

export const kernelNames = ["quartic", "gaussian"] as const;
export type KernelName = (typeof kernelNames)[number];

/** Standard deviations beyond which a double holds nothing of a Gaussian. */
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
