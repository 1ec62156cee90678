import { deviance, stirlingError } from "#core/stats/deviance.ts";

/** Chances of `least`, `least + 1`, ... of a Poisson count. */
interface PoissonChances {
  readonly least: number;
  readonly chances: Float64Array;
}

/**
 * Poisson probabilities within ten standard deviations and 30 of the mean; less than 1e-20 lies
 * beyond. The mode's follows Loader 2000, the others their neighbour, so memory grows with the
 * mean's root.
 */
export function poissonChances(mean: number): PoissonChances {
  const reach = 10 * Math.sqrt(mean) + 30;
  const least = Math.max(0, Math.floor(mean - reach));
  const chances = new Float64Array(Math.ceil(mean + reach) - least + 1);
  const mode = Math.floor(mean);
  chances[mode - least] =
    mode === 0
      ? Math.exp(-mean)
      : Math.exp(-stirlingError(mode) - deviance(mode, mean, mode - mean)) /
        Math.sqrt(2 * Math.PI * mode);
  for (let at = mode - least + 1; at < chances.length; at += 1) {
    chances[at] = (chances[at - 1] as number) * (mean / (least + at));
  }
  for (let at = mode - least - 1; at >= 0; at -= 1) {
    chances[at] = (chances[at + 1] as number) * ((least + at + 1) / mean);
  }
  return { least, chances };
}
