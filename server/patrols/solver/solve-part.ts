import type { Highs, Model } from "highs";
import { lpText, type Packing, packingValue, type Row } from "#core/patrols/solve/packing.ts";
import { type SolveHooks, type SolveLimits, solveWhole } from "#server/patrols/solver/highs.ts";

/** Lazy constraints, added only when violated. */
export interface LazyRows {
  /** Violated by a fractional solution, as far as is quick to see. */
  readonly brokenInPart: (shares: ArrayLike<number>) => readonly Row[];
  /** Drops options until nothing is violated. */
  readonly mended: (chosen: readonly number[]) => readonly number[];
}

export interface SolvedPart {
  readonly chosen: readonly number[];
  /** Bound if other shifts used nothing. */
  readonly bound: number;
  /** Not cut short by its time. */
  readonly isWhole: boolean;
}

/** Later cut rounds on fractional solutions add little. */
const mostRounds = 6;
const leastGain = 1e-4;

/**
 * Solves one shift. First its relaxation, with the rows that travel between places needs: the
 * bound. Then, within what other shifts left, options are fixed one by one, each time the one with
 * the largest fraction (diving).
 */
export function solvePart(
  highs: Highs,
  packing: Packing,
  given: {
    readonly start: readonly number[];
    /** What other shifts left of shared rows. */
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
 * The same shift by branch and bound: a tighter bound, and perhaps a better choice. Options that
 * violate rows not generated yet are dropped from the result; without those rows the bound still
 * holds.
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
      // The solution may still lack the last rows: it is only a guide and a bound.
      return !isOver() && once();
    },
    add: addRow,
    fix: (option, to) => {
      model.changeColBounds(option, to, to);
    },
    isOver,
  };
}

/** A run out of time still gets this long. */
const leastRunSeconds = 0.02;
const whole = 1 - 1e-6;

/** Diving: fixes options one by one, solving the relaxation again after each. */
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

/** The open option with the largest relaxed value. */
function mostTaken(open: readonly number[], shares: ArrayLike<number>): number | null {
  let best: number | null = null;
  for (const option of open) {
    if (best === null || (shares[option] ?? 0) > (shares[best] ?? 0) + 1e-9) best = option;
  }
  return best;
}
