import { sumOf } from "#core/patrols/forecast/cell-shares.ts";
import type { ShareAccuracy } from "#core/patrols/wire/forecast-commands.ts";

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

/**
 * How well the best-ranked streets held what came in one fold, at equal length: the units of the highest rate are taken until
 * they are a share of all length, the last of them in part, with the same part of what came on it. Units of one rate are taken
 * in equal parts, which is the mean over all their orders; `paiLow` and `paiHigh` take them as badly and as well as can be.
 * Null where nothing came. PAI: Chainey, Tompson & Uhlig 2008, with length for area.
 */
export function accuracyByLength(
  rate: Float64Array,
  observed: Uint32Array,
  metres: Float64Array,
): readonly ShareAccuracy[] | null {
  const total = sumOf(observed);
  if (total === 0) return null;
  const length = sumOf(metres);
  const order = orderBy((at) => rate[at] as number, rate.length);
  const cameByMetre = (at: number) => (observed[at] as number) / (metres[at] as number);
  const best = orderBy(cameByMetre, rate.length);
  return areaShares.map((share) => {
    const room = share * length;
    const { sure, tied, left } = groupsWithin(order, rate, metres, room);
    const ofTied = sumOf(tied.map((at) => metres[at] as number));
    const part = ofTied > 0 ? left / ofTied : 0;
    const hits = sumOf(sure.map((at) => observed[at] as number));
    const mean = part * sumOf(tied.map((at) => observed[at] as number));
    const rising = tied.toSorted((a, b) => cameByMetre(a) - cameByMetre(b));
    const paiOf = (more: number) => (hits + more) / total / share;
    const hitRate = (hits + mean) / total;
    return {
      cells: sure.length + part * tied.length,
      hitRate,
      pai: paiOf(mean),
      paiLow: paiOf(filled(rising, observed, metres, left)),
      paiHigh: paiOf(filled(rising.toReversed(), observed, metres, left)),
      pei: (hits + mean) / filled(best, observed, metres, room),
    };
  });
}

/** What the streets of the highest rate hold of some values, at a share of all length. */
export function bestOfLength(
  rate: Float64Array,
  values: Float64Array,
  metres: Float64Array,
  share: number,
): number {
  const order = orderBy((at) => rate[at] as number, rate.length);
  const { sure, tied, left } = groupsWithin(order, rate, metres, share * sumOf(metres));
  const ofTied = sumOf(tied.map((at) => metres[at] as number));
  const held = (units: readonly number[]) => sumOf(units.map((at) => values[at] as number));
  return held(sure) + (ofTied > 0 ? (left / ofTied) * held(tied) : 0);
}

/** By falling value, then by place. */
function orderBy(value: (at: number) => number, length: number): number[] {
  return Array.from({ length }, (_, at) => at).sort((a, b) => value(b) - value(a) || a - b);
}

/** Whole groups of equal rate that fit into so many metres, the group that fits in part, and what room is left for it. */
function groupsWithin(
  order: readonly number[],
  rate: Float64Array,
  metres: Float64Array,
  room: number,
): { readonly sure: number[]; readonly tied: number[]; readonly left: number } {
  const sure: number[] = [];
  let left = room;
  for (let from = 0; from < order.length; ) {
    const value = rate[order[from] as number];
    let to = from;
    let length = 0;
    for (; to < order.length && rate[order[to] as number] === value; to += 1) {
      length += metres[order[to] as number] as number;
    }
    const group = order.slice(from, to);
    if (length > left) return { sure, tied: group, left };
    sure.push(...group);
    left -= length;
    from = to;
  }
  return { sure, tied: [], left: 0 };
}

/** What comes into so many metres that are filled in this order, the last unit in part. */
function filled(
  order: readonly number[],
  observed: Uint32Array,
  metres: Float64Array,
  room: number,
): number {
  let [hits, left] = [0, room];
  for (const at of order) {
    const length = metres[at] as number;
    if (length >= left) return hits + (left / length) * (observed[at] as number);
    hits += observed[at] as number;
    left -= length;
  }
  return hits;
}
