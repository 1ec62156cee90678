import { degreeOf, type Neighbours, neighbourSums } from "#core/stats/neighbours.ts";
import { twoSidedP } from "#core/stats/normal.ts";

export interface GiStar {
  /** Undefined (null) where the counts do not vary or the neighbourhood is the whole set. */
  readonly z: readonly (number | null)[];
  /** Two-sided normal p of `z`: poor for sparse counts, shown beside the exact one. */
  readonly p: readonly (number | null)[];
}

/**
 * Getis-Ord Gi* with the cell itself included and binary weights (Ord & Getis 1995; equal to
 * spdep `localG`): z = (S - m mean) / (s sqrt((n m - m^2) / (n - 1))), where m counts the cell
 * and its neighbours, S is their sum, and s^2 has divisor n. Row-standardised weights give the
 * same z.
 */
export function giStar(values: ArrayLike<number>, neighbours: Neighbours): GiStar {
  const n = values.length;
  const { mean, deviation } = momentsOf(values);
  const sums = neighbourSums(values, neighbours);
  const z: (number | null)[] = new Array<number | null>(n);
  const p: (number | null)[] = new Array<number | null>(n);
  for (let cell = 0; cell < n; cell += 1) {
    const m = degreeOf(neighbours, cell) + 1;
    const spread = deviation * Math.sqrt((n * m - m * m) / (n - 1));
    const sum = (sums[cell] as number) + (values[cell] as number);
    const score = spread > 0 ? (sum - m * mean) / spread : null;
    z[cell] = score;
    p[cell] = score === null ? null : twoSidedP(score);
  }
  return { z, p };
}

function momentsOf(values: ArrayLike<number>): { mean: number; deviation: number } {
  const n = values.length;
  let total = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let cell = 0; cell < n; cell += 1) {
    const value = values[cell] as number;
    total += value;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const mean = total / n;
  // Equal values have no spread, whatever rounding gives for their squares.
  if (!(high > low)) return { mean, deviation: 0 };
  let squares = 0;
  for (let cell = 0; cell < n; cell += 1) squares += ((values[cell] as number) - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / n) };
}
