import highsLoader, { type Highs } from "highs";
import { lpText, type Packing, packingValue } from "#core/patrols/solve/packing.ts";

export interface SolveLimits {
  /** Relative gap at which to stop. */
  readonly gap: number;
  readonly seconds: number;
}

export interface SolveProgress {
  readonly seconds: number;
  readonly objective: number;
  /** Null until the first bound is known. */
  readonly bound: number | null;
}

export interface SolvedPacking {
  readonly chosen: readonly number[];
  readonly objective: number;
  readonly bound: number;
  readonly stopped: "optimal" | "gap" | "time";
}

export type TellProgress = (progress: SolveProgress) => void;

/** The package's types describe its CommonJS side; what Node imports is the loader itself. */
const load = highsLoader as unknown as typeof highsLoader.default;

export function loadHighs(): Promise<Highs> {
  return load();
}

/**
 * Solves a packing to a proven gap, starting from a known plan, so that the result is never worse.
 * Blocks its thread until done or out of time.
 */
export function solvePacking(
  highs: Highs,
  packing: Packing,
  start: readonly number[],
  { gap, seconds }: SolveLimits,
): SolvedPacking {
  const count = packing.values.length;
  if (count === 0) return { chosen: [], objective: 0, bound: 0, stopped: "optimal" };
  const { variableType, modelStatus: known } = highs.constants;
  return highs.withModel({ format: "lp", data: lpText(packing) }, (model): SolvedPacking => {
    // Measured: presolve merges the model's cliques and takes longer than the rest.
    model.options.set({ output_flag: false, presolve: "off", time_limit: seconds });
    model.options.set({ mip_rel_gap: gap });
    const integers = new Array(count).fill(variableType.integer);
    model.changeColsIntegrality({ kind: "range", from: 0, to: count - 1 }, integers);
    // Every column is set: a partial start costs a search for the rest.
    model.setSolution({ colValue: columnsOf(packing, start) });
    model.run();
    const status = model.getModelStatus();
    const inTime = status === known.optimal;
    if (!inTime && status !== known.timeLimit) {
      throw new Error(`HiGHS ended with model status ${status}`);
    }
    const chosen = chosenOptions(model.getSolution().colValue, count, start);
    const objective = packingValue(packing, chosen);
    const all = packing.values.reduce((sum, value) => sum + value, 0);
    const proven = Number(model.info.get("mip_dual_bound"));
    // Without a bound yet it says a number beyond all.
    const bound = Math.max(objective, Math.abs(proven) < 1e19 ? proven : all);
    const closed = bound - objective <= 1e-6 * Math.max(1, bound);
    if (!inTime) return { chosen, objective, bound, stopped: "time" };
    return { chosen, objective, bound, stopped: closed ? "optimal" : "gap" };
  });
}

/** The chosen options, and the cheapest steps that their rows require. */
function columnsOf(packing: Packing, chosen: readonly number[]): Float64Array {
  const kept = new Set(chosen);
  const steps: number[] = [];
  for (const row of packing.rows) {
    if (!row.steps) continue;
    const count = row.members.reduce((all, member) => all + (kept.has(member) ? 1 : 0), 0);
    row.steps.forEach((_, at) => {
      steps.push(count > row.limit + at ? 1 : 0);
    });
  }
  const values = Array.from(packing.values, (_, option) => (kept.has(option) ? 1 : 0));
  return Float64Array.from([...values, ...steps]);
}

function chosenOptions(
  values: ArrayLike<number>,
  count: number,
  start: readonly number[],
): number[] {
  const chosen: number[] = [];
  for (let option = 0; option < count; option += 1) {
    if ((values[option] ?? 0) > 0.5) chosen.push(option);
  }
  return chosen.length > 0 ? chosen : [...start];
}
