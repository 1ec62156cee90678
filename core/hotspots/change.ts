import { onceBy } from "#core/once-for.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { benjaminiHochberg } from "#core/stats/multiple-testing.ts";
import { eTest, poissonTest } from "#core/stats/two-counts.ts";

/** A change is significant at or below this q; a cell is tested where it could reach this p. */
const changeLevel = 0.05;

export interface CellChange {
  /** Events in the baseline period. */
  readonly before: number;
  /** Events now less those that the baseline rate gives; whole where lengths are equal. */
  readonly change: number;
  /** Of equal rates; null when both periods have none. */
  readonly changeP: number | null;
  /** Benjamini-Hochberg over the cells that have enough to say; null for the others. */
  readonly changeQ: number | null;
}

export const changeVerdicts = ["rise", "fall", "no_clear_change", "too_few"] as const;
export type ChangeVerdict = (typeof changeVerdicts)[number];

/** Lengths of both periods in days. */
export type PeriodLengths = readonly [before: number, after: number];

/**
 * Counts of this period against the baseline, per study-set cell. A cell with too few events for
 * any significant split is not tested: it would only cost the others power (Tarone 1990, Biometrics
 * 46; Gilbert 2005, Applied Statistics 54).
 */
export function changeByCell(
  study: StudySet,
  counts: { readonly before: ArrayLike<number>; readonly after: ArrayLike<number> },
  lengths: PeriodLengths,
): readonly CellChange[] {
  const judge = createJudge(lengths);
  const p = study.cells.map((_, index) =>
    judge.p(counts.before[index] as number, counts.after[index] as number),
  );
  const q = benjaminiHochberg(
    p.map((value, index) => {
      const total = (counts.before[index] as number) + (counts.after[index] as number);
      return judge.hasEnough(total) ? value : null;
    }),
  );
  const scale = lengths[1] / lengths[0];
  return study.cells.map((_, index) => {
    const before = counts.before[index] as number;
    const expected = scale === 1 ? before : before * scale;
    return {
      before,
      change: (counts.after[index] as number) - expected,
      changeP: p[index] ?? null,
      changeQ: q[index] ?? null,
    };
  });
}

/** Null where neither period has any. */
export function changeVerdict({ change, changeP, changeQ }: CellChange): ChangeVerdict | null {
  if (changeP === null) return null;
  if (changeQ === null) return "too_few";
  if (changeQ > changeLevel || change === 0) return "no_clear_change";
  return change > 0 ? "rise" : "fall";
}

/** Least sum of both periods at which any split could be significant. */
export function fewestToSay(lengths: PeriodLengths): number {
  const { hasEnough } = createJudge(lengths);
  let total = 1;
  while (!hasEnough(total)) total += 1;
  return total;
}

function createJudge(lengths: PeriodLengths) {
  const test = testOf(lengths);
  // Sparse counts repeat a few pairs thousands of times.
  const tested = onceBy((_pair: string, before: number, after: number) =>
    test(before, after, lengths),
  );
  const p = (before: number, after: number) => tested(`${before},${after}`, before, after);
  const hasEnough = (total: number): boolean => {
    const least = Math.min(p(0, total) ?? 1, p(total, 0) ?? 1);
    return least <= changeLevel;
  };
  return { p, hasEnough };
}

/**
 * The E-test has more power, but with unlike period lengths it hardly finds a rise in the shorter
 * one (0 in six weeks, 4 in one: p .25, against .0004 by the conditional test), which is used
 * there.
 */
function testOf([before, after]: PeriodLengths) {
  return before === after ? eTest : poissonTest;
}

export function describeChange(from: string, to: string, lengths: PeriodLengths): string {
  const test =
    testOf(lengths) === eTest
      ? "two-sided E-test of two Poisson counts"
      : `two-sided exact conditional test of two Poisson counts over ${lengths[0]} and ${lengths[1]} days`;
  return `change from ${from} to ${to}: ${test}, Benjamini-Hochberg over the cells with at least ${fewestToSay(lengths)} in both periods together; a change at q <= ${changeLevel}`;
}
