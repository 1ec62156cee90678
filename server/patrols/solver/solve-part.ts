import type { Highs, Model } from "highs";
import { lpText } from "#core/patrols/lp-text.ts";
import { type Packing, packingValue, type Row } from "#core/patrols/packing.ts";
import { type SolveHooks, type SolveLimits, solveWhole } from "#server/patrols/solver/highs.ts";

/** Rows that are only written down where they matter; what they forbid can never be in an answer. */
export interface LazyRows {
  /** What options chosen in part break, as far as it is seen at a glance. */
  readonly brokenInPart: (shares: ArrayLike<number>) => readonly Row[];
  /** A choice without what it breaks. */
  readonly mended: (chosen: readonly number[]) => readonly number[];
}

export interface SolvedPart {
  readonly chosen: readonly number[];
  /** What the part could be worth if nothing were taken elsewhere. */
  readonly bound: number;
  /** Not cut short by its time. */
  readonly isWhole: boolean;
}

/** Later rounds of rows that are found while options are chosen in part add little. */
const mostRounds = 6;
const leastGain = 1e-4;

/**
 * One shift. First what it could be worth with options in part, and the rows about the way from place to
 * place that this needs: that is the bound. Then, within what other shifts left, options are taken one by one,
 * each time the one that the relaxation takes most of (diving).
 */
export function solvePart(
  highs: Highs,
  packing: Packing,
  given: {
    readonly start: readonly number[];
    /** What other shifts left of the rows that are shared with them. */
    readonly left: readonly Row[];
    readonly lazy: LazyRows;
  },
  limits: Pick<SolveLimits, "seconds">,
  hooks: SolveHooks,
): SolvedPart {
  const { start, left, lazy } = given;
  return highs.withModel({ format: "lp", data: lpText(packing) }, (model): SolvedPart => {
    model.options.set({ output_flag: false, presolve: "off" });
    const lp = relaxation(highs, model, lazy, limits.seconds, hooks);
    if (!lp.solve()) {
      const bound = packing.values.reduce((all, value) => all + value, 0);
      return { chosen: start, bound, isWhole: false };
    }
    const bound = model.getObjectiveValue();
    for (const row of left) lp.add(row);
    const dived = lp.solve() ? lazy.mended(dive(model, packing, lp)) : start;
    return { chosen: betterOf(packing, start, dived), bound, isWhole: !lp.isOver() };
  });
}

function betterOf(packing: Packing, one: readonly number[], other: readonly number[]) {
  return packingValue(packing, other) > packingValue(packing, one) ? other : one;
}

/**
 * The same shift by branch and bound: a nearer bound, and perhaps a better choice. What the answer needs of
 * rows that are not there yet is taken out of it; without them the bound holds all the same.
 */
export function branchPart(
  highs: Highs,
  packing: Packing,
  given: { readonly start: readonly number[]; readonly lazy: LazyRows },
  limits: SolveLimits,
  hooks: SolveHooks,
): SolvedPart {
  const { start, lazy } = given;
  return highs.withModel({ format: "lp", data: lpText(packing) }, (model): SolvedPart => {
    model.options.set({ output_flag: false, presolve: "off", time_limit: limits.seconds });
    const solved = solveWhole(highs, model, packing, { start, gap: limits.gap }, hooks);
    const isWhole = solved.stopped !== "time";
    return { chosen: lazy.mended(solved.chosen), bound: solved.bound, isWhole };
  });
}

interface Relaxed {
  /** True when it was solved, with every row that was seen to be broken added. */
  readonly solve: () => boolean;
  readonly add: (row: Row) => void;
  readonly fix: (option: number, to: 0 | 1) => void;
  readonly isOver: () => boolean;
}

function relaxation(
  highs: Highs,
  model: Model,
  lazy: LazyRows,
  seconds: number,
  hooks: SolveHooks,
): Relaxed {
  const began = performance.now();
  const timeLeft = () => seconds - (performance.now() - began) / 1000;
  const isOver = () => timeLeft() <= 0 || hooks.isCancelled();
  const { callbackType, modelStatus } = highs.constants;
  const once = () => {
    model.zeroAllClocks();
    model.options.set({ time_limit: Math.max(leastRunSeconds, timeLeft()) });
    model.run({
      [callbackType.simplexInterrupt]: (event) => {
        if (hooks.isCancelled()) event.interrupt();
        return undefined;
      },
    });
    return model.getModelStatus() === modelStatus.optimal;
  };
  const addRow = ({ limit, members }: Row) => {
    const values = new Float64Array(members.length).fill(1);
    model.addRow(-highs.infinity, limit, { indices: Int32Array.from(members), values });
  };
  return {
    solve: () => {
      let before = Number.POSITIVE_INFINITY;
      for (let round = 0; round < mostRounds && !isOver(); round += 1) {
        if (!once()) return false;
        const worth = model.getObjectiveValue();
        const rows = lazy.brokenInPart(model.getSolution().colValue);
        for (const row of rows) addRow(row);
        if (rows.length === 0 || before - worth < leastGain * worth) break;
        before = worth;
      }
      // The last rows may still be missing from the solution: it is only a guide and a bound.
      return !isOver() && once();
    },
    add: addRow,
    fix: (option, to) => {
      model.changeColBounds(option, to, to);
    },
    isOver,
  };
}

/** Out of time, a run still gets a look at its start. */
const leastRunSeconds = 0.02;
const whole = 1 - 1e-6;

/** Takes options one by one, after each asking the relaxation again. */
function dive(model: Model, packing: Packing, lp: Relaxed): number[] {
  const taken = new Set<number>();
  const refused = new Set<number>();
  for (;;) {
    const shares = model.getSolution().colValue;
    const open = Array.from(packing.values.keys()).filter(
      (option) => (shares[option] ?? 0) >= 1e-6 && !taken.has(option) && !refused.has(option),
    );
    for (const option of open.filter((one) => (shares[one] ?? 0) >= whole)) {
      taken.add(option);
      lp.fix(option, 1);
    }
    const next = mostTaken(
      open.filter((option) => !taken.has(option)),
      shares,
    );
    if (next === null || lp.isOver()) return [...taken];
    lp.fix(next, 1);
    if (lp.solve()) taken.add(next);
    else {
      refused.add(next);
      lp.fix(next, 0);
      if (!lp.solve()) return [...taken];
    }
  }
}

/** The first of those that the relaxation takes most of. */
function mostTaken(open: readonly number[], shares: ArrayLike<number>): number | null {
  let best: number | null = null;
  for (const option of open) {
    if (best === null || (shares[option] ?? 0) > (shares[best] ?? 0) + 1e-9) best = option;
  }
  return best;
}
