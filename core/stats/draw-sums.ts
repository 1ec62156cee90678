/**
 * Sums of cells drawn without replacement, as exact distributions.
 *
 * With all cells pooled, `levels[m][s]` is the chance that m of them, drawn at random, sum to s;
 * the last bin holds "`cap` or more". Cells come in groups of equal value. Pooling a group of b
 * cells of value v with a cells already there is
 *   P'_m(s) = sum over c of H(c; m, a, b) P_(m-c)(s - c v),
 * H the hypergeometric chance that c of the m draws fall in the group. It equals
 * [t^m x^s] prod(1 + t x^y) / C(n, m), but every number is a chance: nothing overflows, nothing is
 * subtracted, so the smallest tail keeps its relative precision.
 */
export interface DrawSums {
  pooled: number;
  readonly cap: number;
  readonly levels: readonly Float64Array[];
  /** Largest sum of m draws so far; -1 for fewer than m cells. */
  readonly reach: Int32Array;
}

export interface ValueGroup {
  readonly value: number;
  readonly cells: number;
}

export function createDrawSums(most: number, cap: number): DrawSums {
  const levels = Array.from({ length: most + 1 }, () => new Float64Array(cap + 1));
  (levels[0] as Float64Array)[0] = 1;
  const reach = new Int32Array(most + 1).fill(-1);
  reach[0] = 0;
  return { pooled: 0, cap, levels, reach };
}

export function copyDrawSums(from: DrawSums): DrawSums {
  return {
    pooled: from.pooled,
    cap: from.cap,
    levels: from.levels.map((level) => level.slice()),
    reach: from.reach.slice(),
  };
}

/** Adds `cells` cells of one value to the pool, in place. */
export function poolGroup(sums: DrawSums, { value, cells }: ValueGroup): void {
  if (cells === 0) return;
  const { levels, reach, pooled } = sums;
  // Downwards, so that the lower levels still hold the previous values.
  for (let draws = Math.min(levels.length - 1, pooled + cells); draws > 0; draws -= 1) {
    const level = levels[draws] as Float64Array;
    const { first, chances } = hypergeometric(draws, pooled, cells);
    const stay = first === 0 ? (chances[0] as number) : 0;
    const length = (reach[draws] as number) + 1;
    for (let sum = 0; sum < length; sum += 1) level[sum] = (level[sum] as number) * stay;
    for (let at = first === 0 ? 1 : 0; at < chances.length; at += 1) {
      const fromGroup = first + at;
      const top = addShifted(
        sums,
        draws,
        draws - fromGroup,
        fromGroup * value,
        chances[at] as number,
      );
      if (top > (reach[draws] as number)) reach[draws] = top;
    }
  }
  sums.pooled = pooled + cells;
}

/** `tail[s]` = chance that `draws` cells sum to s or more; never above 1. */
export function upperTail(sums: DrawSums, draws: number): Float64Array {
  const level = sums.levels[draws] as Float64Array;
  const tail = new Float64Array(level.length);
  let above = 0;
  for (let sum = level.length - 1; sum >= 0; sum -= 1) {
    above += level[sum] as number;
    tail[sum] = Math.min(1, above);
  }
  tail[0] = 1;
  return tail;
}

/** Values with their multiplicities, ascending, so that early sums stay short. */
export function groupValues(values: ArrayLike<number>): ValueGroup[] {
  const cells = new Map<number, number>();
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    cells.set(value, (cells.get(value) ?? 0) + 1);
  }
  return [...cells]
    .map(([value, count]) => ({ value, cells: count }))
    .sort((a, b) => a.value - b.value);
}

/** level[to] += chance * level[from] moved up by `shift`; returns the new highest sum. */
function addShifted(
  { levels, reach, cap }: DrawSums,
  to: number,
  from: number,
  shift: number,
  chance: number,
): number {
  const source = levels[from] as Float64Array;
  const target = levels[to] as Float64Array;
  const last = reach[from] as number;
  const inside = Math.min(last, cap - shift - 1);
  for (let sum = 0; sum <= inside; sum += 1) {
    target[sum + shift] = (target[sum + shift] as number) + chance * (source[sum] as number);
  }
  let over = 0;
  for (let sum = Math.max(0, inside + 1); sum <= last; sum += 1) over += source[sum] as number;
  target[cap] = (target[cap] as number) + chance * over;
  return Math.min(cap, last + shift);
}

/**
 * Chances that c of `draws` draws fall in a group of b cells beside a others, for every possible
 * c from `first`: by the ratio of neighbouring terms outward from the largest, then normalised.
 */
function hypergeometric(
  draws: number,
  a: number,
  b: number,
): { first: number; chances: Float64Array } {
  const first = Math.max(0, draws - a);
  const last = Math.min(draws, b);
  const chances = new Float64Array(last - first + 1);
  const mode = Math.floor(((draws + 1) * (b + 1)) / (a + b + 2));
  const peak = Math.min(last, Math.max(first, mode));
  chances[peak - first] = 1;
  let total = 1;
  for (let c = peak; c < last; c += 1) {
    const ratio = ((draws - c) * (b - c)) / ((c + 1) * (a - draws + c + 1));
    const next = (chances[c - first] as number) * ratio;
    chances[c + 1 - first] = next;
    total += next;
  }
  for (let c = peak; c > first; c -= 1) {
    const ratio = (c * (a - draws + c)) / ((draws - c + 1) * (b - c + 1));
    const next = (chances[c - first] as number) * ratio;
    chances[c - 1 - first] = next;
    total += next;
  }
  for (let at = 0; at < chances.length; at += 1) chances[at] = (chances[at] as number) / total;
  return { first, chances };
}
