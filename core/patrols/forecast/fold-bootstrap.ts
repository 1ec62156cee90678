import type { RatioToCount } from "#core/patrols/wire/forecast-choice.ts";
import type { ShareAccuracy } from "#core/patrols/wire/forecast-commands.ts";
import { createRandom } from "#core/random.ts";

/** PAI of one method, one row a period, in the order of `areaShares`. */
type Rows = readonly (readonly Pick<ShareAccuracy, "pai">[])[];

const draws = 2_000;
/** Fewer drawn again say nothing of others. */
const fewestPeriods = 8;
const tail = 0.025;

/**
 * By share of the area. Periods are drawn again with replacement, the same ones for all methods, and the count that is best
 * in a draw is the one compared with (percentile bootstrap: Efron & Tibshirani 1993, chapter 13). Periods count as independent:
 * where one week is like the next, the interval is too narrow. The same periods give the same one. Null in under 8 periods, and
 * where the counts found nothing.
 */
export function ratiosToBestCount(own: Rows, counts: readonly Rows[]): (RatioToCount | null)[] {
  const [first] = own;
  if (!first || counts.length === 0) return [];
  if (own.length < fewestPeriods) return first.map(() => null);
  return first.map((_, share) => {
    const paiOf = (rows: Rows) => Float64Array.from(rows, (row) => row[share]?.pai ?? 0);
    return ratioOf(paiOf(own), counts.map(paiOf));
  });
}

function ratioOf(own: Float64Array, counts: readonly Float64Array[]): RatioToCount | null {
  const folds = own.length;
  const every = Uint32Array.from({ length: folds }, (_, fold) => fold);
  const ratio = ratioOver(every, own, counts);
  if (ratio === null) return null;
  const random = createRandom(1);
  const drawn: number[] = [];
  const chosen = new Uint32Array(folds);
  for (let draw = 0; draw < draws; draw += 1) {
    for (let at = 0; at < folds; at += 1) chosen[at] = random.integer(folds);
    const one = ratioOver(chosen, own, counts);
    if (one !== null) drawn.push(one);
  }
  const rising = Float64Array.from(drawn).sort();
  const at = (share: number) => rising[Math.round(share * (rising.length - 1))] ?? ratio;
  return { ratio, low: at(tail), high: at(1 - tail) };
}

function ratioOver(
  folds: Uint32Array,
  own: Float64Array,
  counts: readonly Float64Array[],
): number | null {
  const sumOf = (of: Float64Array) => {
    let sum = 0;
    for (const fold of folds) sum += of[fold] as number;
    return sum;
  };
  const best = Math.max(...counts.map(sumOf));
  return best > 0 ? sumOf(own) / best : null;
}
