import { normalQuantile } from "#core/stats/normal.ts";

/** An estimate with its two-sided normal interval; z is null where there is no spread. */
export interface Interval {
  readonly estimate: number;
  readonly se: number;
  readonly z: number | null;
  readonly low: number;
  readonly high: number;
}

export function intervalAround(estimate: number, se: number, alpha: number): Interval {
  const reach = normalQuantile(1 - alpha / 2) * se;
  return {
    estimate,
    se,
    z: se > 0 ? estimate / se : null,
    low: estimate - reach,
    high: estimate + reach,
  };
}
