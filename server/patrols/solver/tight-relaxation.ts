import type { Highs } from "highs";
import type { CrewPlan } from "#core/patrols/crew-plan.ts";
import { halfCuts, type WholeRow, wholeRow, wholeRows } from "#core/patrols/half-cuts.ts";
import { lpText } from "#core/patrols/lp-text.ts";
import type { Packing, Row } from "#core/patrols/packing.ts";
import {
  jointBound,
  type Part,
  pricedValues,
  splitPacking,
  withRows,
} from "#core/patrols/split.ts";

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

/** Rounds at most: later ones add little. */
const mostRounds = 9;
const leastGain = 1e-3;

/**
 * The model with options that may be chosen in part, made tighter while that helps: first the whole by all that
 * units cannot do between them, found exactly, most of it in each group by itself; then each group by sums of rows that are halved and
 * rounded down as well.
 */
export function tightRelaxation(highs: Highs, given: TightGiven): TightRelaxation | null {
  const whole = tightByWays(highs, given);
  if (whole === null || !whole.isWhole || given.isEnough()) return whole;
  return tightByGroup(highs, given, whole);
}

/** Null when not even the first look was over in time. */
function tightByWays(highs: Highs, given: TightGiven): TightRelaxation | null {
  const { packing, crewPlan, isEnough, isOver, tell } = given;
  const relaxation = openRelaxation(highs, packing, given);
  const clashes: Row[] = [];
  /** With rows that were asked for, which are known even where there is no time for another look. */
  const again = (broken: readonly Row[]): Looked | null => {
    for (const clash of broken) {
      clashes.push(clash);
      relaxation.add(wholeRow(clash));
    }
    return isOver() ? null : relaxation.look();
  };
  try {
    let last = relaxation.look();
    if (last === null) return null;
    tell(last.bound);
    let isWhole = true;
    for (let round = 0; round < mostRounds && !isEnough(); round += 1) {
      const known = clashes.length;
      const broken: readonly Row[] =
        round === 0 ? waysByGroup(highs, given, last) : crewPlan.clashesInPart(last.shares);
      const next = again(broken);
      isWhole = next !== null;
      if (next === null) break;
      const gain = last.bound - next.bound;
      last = next;
      tell(last.bound);
      // What joins groups is looked for from the second round on.
      if (round > 0 && (clashes.length === known || gain < leastGain * last.bound)) break;
    }
    const { bound, prices, reduced } = last;
    return { bound, prices, reduced, clashes, isWhole };
  } finally {
    relaxation.dispose();
  }
}

/**
 * Rows that units cannot keep between them, looked for in each group by itself: many rounds there take less time than one
 * at the whole, and a row holds at whatever prices it was found.
 */
function waysByGroup(highs: Highs, given: TightGiven, { prices }: Looked): readonly Row[] {
  const { packing, groupOf, seconds } = given;
  const split = splitPacking(packing, groupOf);
  const values = pricedValues(packing, split.joint, prices).map(roundedUp);
  const atMost = seconds() / 2;
  const isOver = () => given.isOver() || seconds() < atMost;
  const groups = split.parts.map((part) => openGroup(highs, given, part, { values, mostCuts: 0 }));
  const clashes: Row[] = [];
  try {
    let open = groups;
    for (let at = 0; at <= mostRounds && open.length > 0; at += 1) {
      open = open.filter((group) => !isOver() && group.again(clashes));
    }
    return clashes;
  } finally {
    for (const group of groups) group.dispose();
  }
}

/** Rounds at most; a group is done once one gains less than this share of it. */
const mostGroupRounds = 5;
const leastGroupGain = 2e-4;
const cutsPerRound = 60;

/**
 * Each group by itself, at the prices that the whole gave the rows that join groups: what they are worth together
 * bounds the whole (Lagrangian relaxation, Geoffrion 1974), and is as near as the whole was before a row is added.
 * Small models take many more rounds in the same time than one large one.
 */
function tightByGroup(highs: Highs, given: TightGiven, whole: TightRelaxation): TightRelaxation {
  const { packing, groupOf, isEnough, isOver, tell } = given;
  const split = splitPacking(packing, groupOf);
  const values = pricedValues(packing, split.joint, whole.prices).map(roundedUp);
  const clashes = [...whole.clashes];
  const groups = withRows(split, clashes).map((part) =>
    openGroup(highs, given, part, { values, mostCuts: cutsPerRound }),
  );
  let bound = whole.bound;
  /** One more look at each of these; those that one more may help. Null when the time was up. */
  const round = (open: readonly Group[]): Group[] | null => {
    const helped: Group[] = [];
    for (const group of open) {
      const helps = isOver() ? null : group.again(clashes);
      if (helps === null) return null;
      if (helps) helped.push(group);
    }
    const bounds = groups.map((group) => group.bound());
    bound = Math.min(bound, jointBound(packing, split.joint, whole.prices, bounds));
    tell(bound);
    return helped;
  };
  const run = () => {
    let open: readonly Group[] | null = groups;
    for (let at = 0; at <= mostGroupRounds && open.length > 0 && !isEnough(); at += 1) {
      open = round(open);
      if (open === null) return false;
    }
    return true;
  };
  try {
    const isWhole = run();
    const reduced = Float64Array.from(whole.reduced);
    for (const group of groups) group.reduce(reduced);
    return { bound, prices: whole.prices, reduced, clashes, isWhole };
  } finally {
    for (const group of groups) group.dispose();
  }
}

/** As the model is written, to the millionth, and never less. */
function roundedUp(value: number): number {
  return Math.ceil(value * 1e6) / 1e6;
}

interface Group {
  /** What the group could be worth at its prices. */
  readonly bound: () => number;
  /** A first look, or another one with more rows: whether one more may help. Null when it ran out of time. */
  readonly again: (clashes: Row[]) => boolean | null;
  /** Writes down what one more of each option would add. */
  readonly reduce: (reduced: Float64Array) => void;
  readonly dispose: () => void;
}

function openGroup(
  highs: Highs,
  given: TightGiven,
  { options, packing: { rows: own } }: Part,
  { values, mostCuts }: { readonly values: Float64Array; readonly mostCuts: number },
): Group {
  const { packing, crewPlan } = given;
  const part = { values: Float64Array.from(options, (option) => values[option] ?? 0), rows: own };
  const relaxation = openRelaxation(highs, part, given);
  const rows = wholeRows(part);
  const placeOf = new Map(options.map((option, at) => [option, at] as const));
  const shares = new Float64Array(packing.values.length);
  let last: Looked | null = null as Looked | null;
  const add = (row: WholeRow) => {
    rows.push(row);
    relaxation.add(row);
  };
  /** Adds rows that the last look breaks; how many. */
  const tighten = (looked: Looked, clashes: Row[]) => {
    options.forEach((option, at) => {
      shares[option] = looked.shares[at] ?? 0;
    });
    const broken = crewPlan.clashesInPart(shares);
    clashes.push(...broken);
    const cuts = mostCuts > 0 ? halfCuts({ rows, shares: looked.shares, most: mostCuts }) : [];
    for (const { limit, members } of broken) {
      add(wholeRow({ limit, members: members.flatMap((option) => placeOf.get(option) ?? []) }));
    }
    for (const cut of cuts) add(cut);
    return broken.length + cuts.length;
  };
  return {
    bound: () => last?.bound ?? Number.POSITIVE_INFINITY,
    again: (clashes) => {
      const before = last;
      if (before !== null && tighten(before, clashes) === 0) return false;
      const next = relaxation.look();
      if (next === null) return null;
      last = next;
      return before === null || before.bound - next.bound >= leastGroupGain * before.bound;
    },
    reduce: (reduced) => {
      for (const [at, option] of options.entries()) {
        // What is worth nothing at its price keeps what the whole said of it, which is how far below.
        if ((part.values[at] ?? 0) > 0) reduced[option] = last?.reduced[at] ?? reduced[option] ?? 0;
      }
    },
    dispose: relaxation.dispose,
  };
}
