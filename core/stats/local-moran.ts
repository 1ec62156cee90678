import { degreeOf, type Neighbours, neighbourSums } from "#core/stats/neighbours.ts";
import { twoSidedP } from "#core/stats/normal.ts";

export interface LocalMoran {
  /** Null where the values do not vary. */
  readonly i: readonly (number | null)[];
  /** Null for a cell at the mean or without neighbours, too. */
  readonly z: readonly (number | null)[];
  readonly p: readonly (number | null)[];
}

/**
 * Local Moran's I with row-standardised weights (Anselin 1995, eq. 12): I = (d / m2) times the mean of
 * the neighbours' deviations, m2 with divisor n. Expectation and variance given the cell's own value
 * (Sokal, Oden & Thomson 1998, eq. A4; equal to spdep `localmoran` with `conditional = TRUE`).
 */
export function localMoran(values: ArrayLike<number>, neighbours: Neighbours): LocalMoran {
  const n = values.length;
  const { deviations, m2 } = deviationsOf(values);
  const sums = neighbourSums(deviations, neighbours);
  const i: (number | null)[] = new Array<number | null>(n).fill(null);
  const z: (number | null)[] = new Array<number | null>(n).fill(null);
  const p: (number | null)[] = new Array<number | null>(n).fill(null);
  if (m2 === 0) return { i, z, p };
  for (let cell = 0; cell < n; cell += 1) {
    const k = degreeOf(neighbours, cell);
    const own = deviations[cell] as number;
    const value = k === 0 ? 0 : (own / m2) * ((sums[cell] as number) / k);
    i[cell] = value;
    if (k === 0 || own === 0) continue;
    const expected = -(own * own) / ((n - 1) * m2);
    const variance =
      (own / m2) ** 2 * (n / (n - 2)) * (1 / k - 1 / (n - 1)) * (m2 - (own * own) / (n - 1));
    if (!(variance > 0)) continue;
    const score = (value - expected) / Math.sqrt(variance);
    z[cell] = score;
    p[cell] = twoSidedP(score);
  }
  return { i, z, p };
}

function deviationsOf(values: ArrayLike<number>): { deviations: Float64Array; m2: number } {
  const n = values.length;
  const deviations = Float64Array.from({ length: n }, (_, cell) => values[cell] as number);
  const first = deviations[0];
  // Equal values have no spread, whatever rounding gives for their squares.
  if (deviations.every((value) => value === first)) return { deviations, m2: 0 };
  const mean = deviations.reduce((sum, value) => sum + value, 0) / n;
  let squares = 0;
  for (let cell = 0; cell < n; cell += 1) {
    const deviation = (deviations[cell] as number) - mean;
    deviations[cell] = deviation;
    squares += deviation * deviation;
  }
  return { deviations, m2: squares / n };
}
