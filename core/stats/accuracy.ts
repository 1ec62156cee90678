export interface AccuracyInput {
  /** Forecast per cell, on any scale; `rri` needs expected counts. */
  readonly score: ArrayLike<number>;
  readonly observed: ArrayLike<number>;
  /** Equal areas if absent. */
  readonly area?: ArrayLike<number>;
}

/** How well the `k` top-scored cells capture the events; null without events. */
export interface Accuracy {
  readonly k: number;
  readonly hits: number;
  /** n / N. */
  readonly hitRate: number | null;
  /** Predictive accuracy index (n/N) / (a/A), ties of score broken by position. */
  readonly pai: number | null;
  /** PAI with ties broken worst, and best. */
  readonly paiLow: number | null;
  readonly paiHigh: number | null;
  /** Predictive efficiency index: PAI over that of the best possible k cells. */
  readonly pei: number | null;
  /** Search efficiency rate n / a. */
  readonly ser: number | null;
  /** Recapture rate index: forecast by observed in these cells; null where none came in them. */
  readonly rri: number | null;
}

/**
 * Accuracy of a ranking (PAI: Chainey, Tompson & Uhlig 2008; PEI: Hunt 2016; SER: Bowers, Johnson &
 * Pease 2004; RRI: Levine 2008). Cells of equal score have no order, so the range over all their
 * orders is told beside the value of the declared one.
 */
export function accuracy(input: AccuracyInput, top: readonly number[]): Accuracy[] {
  const cells = input.score.length;
  const areaOf = (cell: number) => (input.area ? (input.area[cell] as number) : 1);
  const observedOf = (cell: number) => input.observed[cell] as number;
  const byPosition = ranking(input.score);
  const rate = (cell: number) => observedOf(cell) / areaOf(cell);
  const extremes = createExtremes(input.score, { observedOf, areaOf });
  const ideal = ranking(Float64Array.from({ length: cells }, (_, cell) => rate(cell)));
  const total = sumOver(byPosition, cells, observedOf);
  const wholeArea = sumOver(byPosition, cells, areaOf);
  const paiOf = (order: Uint32Array, k: number): number | null => {
    const area = sumOver(order, k, areaOf);
    if (total === 0 || area === 0) return null;
    return sumOver(order, k, observedOf) / total / (area / wholeArea);
  };
  const paiOfRate = (searched: number | null) =>
    total === 0 || searched === null ? null : (searched * wholeArea) / total;
  return top.map((k) => {
    const hits = sumOver(byPosition, k, observedOf);
    const pai = paiOf(byPosition, k);
    const most = paiOf(ideal, k);
    return {
      k,
      hits,
      hitRate: total === 0 ? null : hits / total,
      pai,
      paiLow: paiOfRate(extremes(k, -1)),
      paiHigh: paiOfRate(extremes(k, 1)),
      pei: pai === null || most === null || most === 0 ? null : pai / most,
      ser: k === 0 ? null : hits / sumOver(byPosition, k, areaOf),
      rri: hits === 0 ? null : sumOver(byPosition, k, (cell) => input.score[cell] as number) / hits,
    };
  });
}

/** Cells by falling score, then by position. */
function ranking(score: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: score.length }, (_, cell) => cell).sort(
    (a, b) => (score[b] as number) - (score[a] as number) || a - b,
  );
}

interface CellFacts {
  readonly observedOf: (cell: number) => number;
  readonly areaOf: (cell: number) => number;
}

/**
 * Lowest (-1) or highest (1) rate n / a of the `k` best cells over all orders of equal scores; null
 * without an area. Among tied cells those with the most extreme n - rate a at the resulting rate
 * are taken: a few rounds converge (Dinkelbach 1967), whereas ordering by their own rates fails if
 * areas differ.
 */
function createExtremes(score: ArrayLike<number>, { observedOf, areaOf }: CellFacts) {
  const order = ranking(score);
  return (k: number, side: -1 | 1): number | null => {
    if (k === 0) return null;
    const limit = score[order[Math.min(k, order.length) - 1] as number] as number;
    const sure = [...order].filter((cell) => (score[cell] as number) > limit);
    const tied = [...order].filter((cell) => score[cell] === limit);
    const rateWith = (chosen: readonly number[]) => {
      const all = [...sure, ...chosen];
      const area = all.reduce((sum, cell) => sum + areaOf(cell), 0);
      return area === 0 ? null : all.reduce((sum, cell) => sum + observedOf(cell), 0) / area;
    };
    let rate = rateWith(tied.slice(0, k - sure.length));
    for (let round = 0; round < 50 && rate !== null; round += 1) {
      const at = rate;
      const worth = (cell: number) => side * (observedOf(cell) - at * areaOf(cell));
      const chosen = tied.toSorted((a, b) => worth(b) - worth(a)).slice(0, k - sure.length);
      const next = rateWith(chosen);
      if (next === null || side * (next - at) <= 0) break;
      rate = next;
    }
    return rate;
  };
}

function sumOver(order: Uint32Array, k: number, value: (cell: number) => number): number {
  let sum = 0;
  for (let at = 0; at < k; at += 1) sum += value(order[at] as number);
  return sum;
}
