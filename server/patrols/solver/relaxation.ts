import type { Highs } from "highs";
import type { CrewPlan } from "#core/patrols/crew-plan.ts";
import type { WholeRow } from "#core/patrols/half-cuts.ts";
import { lpText } from "#core/patrols/lp-text.ts";
import type { Packing, Row } from "#core/patrols/packing.ts";

/** What a look at a packing tells when its options may be chosen in part. */
export interface Looked {
  readonly bound: number;
  /** What is chosen of each option, and bought of each step. */
  readonly shares: ArrayLike<number>;
  /** What one more of each row of the packing would be worth. */
  readonly prices: ArrayLike<number>;
  /** What one unit more of each option would add; hopeless options far below 0. */
  readonly reduced: Float64Array;
}

export interface Relaxation {
  /** Null when it ran out of time. */
  readonly look: () => Looked | null;
  readonly add: (row: WholeRow) => void;
  readonly dispose: () => void;
}

export interface RelaxationLimits {
  readonly seconds: () => number;
  readonly isCancelled: () => boolean;
}

/** A packing with options chosen in part, to which rows can be added: each further look begins where the last ended. */
export function openRelaxation(
  highs: Highs,
  packing: Packing,
  { seconds, isCancelled }: RelaxationLimits,
): Relaxation {
  const model = highs.createModel({ format: "lp", data: lpText(packing) });
  model.options.set({ output_flag: false, presolve: "off" });
  const { callbackType, modelStatus } = highs.constants;
  return {
    look: () => {
      model.zeroAllClocks();
      model.options.set({ time_limit: seconds() });
      model.run({
        [callbackType.simplexInterrupt]: (event) => {
          if (isCancelled()) event.interrupt();
          return undefined;
        },
      });
      if (model.getModelStatus() !== modelStatus.optimal) return null;
      const { colValue: shares, rowDual, colDual } = model.getSolution();
      const prices = Array.from(rowDual.slice(0, packing.rows.length), Math.abs);
      const reduced = Float64Array.from(colDual.slice(0, packing.values.length));
      return { bound: model.getObjectiveValue(), shares, prices, reduced };
    },
    add: ({ columns, values, limit }) => {
      model.addRow(-highs.infinity, limit, {
        indices: Int32Array.from(columns),
        values: Float64Array.from(values),
      });
    },
    dispose: () => model.dispose(),
  };
}

/** What a model with options chosen in part says once it was made tighter. */
export interface TightRelaxation {
  /** No plan can be worth more. */
  readonly bound: number;
  /** What one more of each row of the packing would be worth. */
  readonly prices: ArrayLike<number>;
  /** What one unit more of each option would add; hopeless options far below 0. */
  readonly reduced: ArrayLike<number>;
  /** Rows about the way from place to place that were needed. */
  readonly clashes: readonly Row[];
  /** False where the time ended before its rounds did, and before it was tight enough. */
  readonly isWhole: boolean;
}

export interface TightGiven extends RelaxationLimits {
  readonly packing: Packing;
  readonly crewPlan: CrewPlan;
  /** Options that hang together closely, such as those of a day. */
  readonly groupOf: (option: number) => unknown;
  /** Tighter is not asked for. */
  readonly isEnough: () => boolean;
  /** Its time is up. */
  readonly isOver: () => boolean;
  readonly tell: (bound: number) => void;
}
