import type { Random } from "#core/random.ts";

/** A count over some days: a month, or the known part of one. */
export interface Step {
  readonly count: number;
  readonly days: number;
}

/** First step of the new level, with daily rates on both sides and its p. */
export interface ChangePoint {
  readonly at: number;
  readonly before: number;
  readonly after: number;
  readonly p: number;
}

export interface ChangeOptions {
  readonly random: Random;
  readonly permutations: number;
  readonly alpha: number;
  /** Least steps on each side of a change. */
  readonly leastSteps: number;
}

/** The whole, its sides, and theirs: with more than eight segments there are no levels. */
const mostLevels = 3;

/**
 * Changes of level by binary segmentation (Vostrikova 1981, Soviet Mathematics Doklady 24). The split with the
 * greatest Poisson likelihood ratio (Worsley 1986, Biometrika 73) is judged by how often the same steps in
 * random order have one as great: p = (1 + as great) / (1 + permutations) (Phipson & Smyth 2010). That asks
 * only that the steps could stand in any order, not that counts scatter as Poisson counts do; a season or a
 * trend breaks it as a change would, and the words on screen say so.
 *
 * Family-wise error over all splits of one series is at most alpha: the whole gets alpha / 2, and only where it
 * has changed each side gets a quarter of its parent's, and so on (1/2 + 2/8 + 4/32 < 1).
 *
 * The rates before and after a change are those of the levels that it lies between in the end: a side that was split
 * further has no level of its own.
 */
export function findChangePoints(steps: readonly Step[], options: ChangeOptions): ChangePoint[] {
  const found: ChangePoint[] = [];
  const search = (from: number, to: number, alpha: number, level: number) => {
    const own = steps.slice(from, to);
    const change = testSplit(own, options);
    if (change === null || change.p > alpha || level === mostLevels) return;
    const at = from + change.at;
    found.push({ ...change, at });
    search(from, at, alpha / 4, level + 1);
    search(at, to, alpha / 4, level + 1);
  };
  search(0, steps.length, options.alpha / 2, 0);
  return betweenLevels(
    steps,
    found.sort((a, b) => a.at - b.at),
  );
}

function betweenLevels(steps: readonly Step[], changes: readonly ChangePoint[]): ChangePoint[] {
  const starts = [0, ...changes.map(({ at }) => at), steps.length];
  const rates = starts.slice(1).map((end, level) => {
    const { count, days } = steps.slice(starts[level], end).reduce(add, { count: 0, days: 0 });
    return count / days;
  });
  return changes.map((change, level) => ({
    ...change,
    before: rates[level] ?? change.before,
    after: rates[level + 1] ?? change.after,
  }));
}

/** The likeliest single change with its permutation p; null where neither side could have enough steps. */
export function testSplit(
  steps: readonly Step[],
  {
    random,
    permutations,
    leastSteps,
  }: Pick<ChangeOptions, "random" | "permutations" | "leastSteps">,
): ChangePoint | null {
  const best = bestSplit(steps, leastSteps);
  if (best === null) return null;
  const shuffled = [...steps];
  let asGreat = 0;
  for (let round = 0; round < permutations; round += 1) {
    random.shuffle(shuffled);
    const other = bestSplit(shuffled, leastSteps);
    // The same split in another order differs by rounding alone.
    if (other !== null && other.ratio >= best.ratio - 1e-9) asGreat += 1;
  }
  const p = (1 + asGreat) / (1 + permutations);
  return { at: best.at, before: best.before, after: best.after, p };
}

/** Maximum log likelihood ratio of two rates against one over all splits; the first of equals. */
function bestSplit(steps: readonly Step[], leastSteps: number) {
  const all = steps.reduce(add, { count: 0, days: 0 });
  let best: { at: number; before: number; after: number; ratio: number } | null = null;
  let left = steps.slice(0, leastSteps - 1).reduce(add, { count: 0, days: 0 });
  for (let at = leastSteps; at <= steps.length - leastSteps; at += 1) {
    left = add(left, steps[at - 1] ?? { count: 0, days: 0 });
    const right = { count: all.count - left.count, days: all.days - left.days };
    const ratio = logLikelihood(left) + logLikelihood(right) - logLikelihood(all);
    if (best === null || ratio > best.ratio + 1e-12) {
      best = { at, before: left.count / left.days, after: right.count / right.days, ratio };
    }
  }
  return best;
}

function add(sum: Step, step: Step): Step {
  return { count: sum.count + step.count, days: sum.days + step.days };
}

function logLikelihood({ count, days }: Step): number {
  return count === 0 ? 0 : count * Math.log(count / days);
}
