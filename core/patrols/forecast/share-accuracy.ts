import { sumOf } from "#core/patrols/forecast/cell-shares.ts";
import type { ShareAccuracy } from "#core/patrols/wire/forecast-commands.ts";

const penalty = 0.9;

/** From what the best-ranked part of the area held. */
export function penalisedPai(hitRate: number, share: number): number {
  return hitRate / share ** penalty;
}

/** The shares of the area that are told of everywhere. */
export const areaShares = [0.01, 0.02, 0.05, 0.1] as const;

/** Null where nothing came. Cells are of equal area (they differ by under 1 % over a borough). */
export function accuracyByShare(
  score: Float64Array,
  observed: Uint32Array,
): readonly ShareAccuracy[] | null {
  const total = observed.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const cells = score.length;
  const falling = score.slice().sort().reverse();
  const best = runningSum(Uint32Array.from(observed).sort().reverse());
  return areaShares.map((share) => {
    const k = Math.max(1, Math.round(cells * share));
    const { sure, tied } = splitAt(score, observed, falling[k - 1] as number);
    // Of the tied cells only so many fit in.
    const room = k - sure.cells;
    const counts = Uint32Array.from(tied).sort();
    const few = sumOf(counts.subarray(0, room));
    const many = sumOf(counts.subarray(counts.length - room));
    const mean = (sumOf(counts) * room) / counts.length;
    const paiOf = (hits: number) => ((sure.hits + hits) / total) * (cells / k);
    const hitRate = (sure.hits + mean) / total;
    return {
      cells: k,
      hitRate,
      ppai: penalisedPai(hitRate, k / cells),
      pai: paiOf(mean),
      paiLow: paiOf(few),
      paiHigh: paiOf(many),
      pei: (sure.hits + mean) / (best[k - 1] as number),
    };
  });
}

function splitAt(
  score: Float64Array,
  observed: Uint32Array,
  limit: number,
): { sure: { cells: number; hits: number }; tied: number[] } {
  const sure = { cells: 0, hits: 0 };
  const tied: number[] = [];
  for (let cell = 0; cell < score.length; cell += 1) {
    const value = score[cell] as number;
    if (value > limit) {
      sure.cells += 1;
      sure.hits += observed[cell] as number;
    } else if (value === limit) tied.push(observed[cell] as number);
  }
  return { sure, tied };
}

function runningSum(values: Uint32Array): Float64Array {
  let sum = 0;
  return Float64Array.from(values, (value) => {
    sum += value;
    return sum;
  });
}
