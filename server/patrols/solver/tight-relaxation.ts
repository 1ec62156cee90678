import type { Highs } from "highs";
import type { CrewPlan } from "#core/patrols/solve/crew-plan.ts";
import { halfCuts, type WholeRow, wholeRow, wholeRows } from "#core/patrols/solve/half-cuts.ts";
import { lpText, type Packing, type Row } from "#core/patrols/solve/packing.ts";
import {
  jointBound,
  type Part,
  pricedValues,
  splitPacking,
  withRows,
} from "#core/patrols/solve/split.ts";

interface Looked {
  readonly bound: number;
  /** Share chosen of each option, and amount bought of each step. */
  readonly shares: ArrayLike<number>;
  /** Shadow price of each row. */
  readonly prices: ArrayLike<number>;
  /** Reduced cost of each option; hopeless ones far below 0. */
  readonly reduced: Float64Array;
}

interface Relaxation {
  /** Null when it ran out of time. */
  readonly look: () => Looked | null;
  readonly add: (row: WholeRow) => void;
  readonly dispose: () => void;
}

/** Rows can be added; each solve is warm-started from the last. */
function openRelaxation(highs: Highs, packing: Packing, seconds: () => number): Relaxation {
  const model = highs.createModel({ format: "lp", data: lpText(packing) });
  model.options.set({ output_flag: false, presolve: "off" });
  const { modelStatus } = highs.constants;
  return {
    look: () => {
      model.zeroAllClocks();
      model.options.set({ time_limit: seconds() });
      model.run();
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

interface TightRelaxation {
  /** No plan can be worth more. */
  readonly bound: number;
  /** Shadow price of each row. */
  readonly prices: ArrayLike<number>;
  /** Reduced cost of each option; hopeless ones far below 0. */
  readonly reduced: ArrayLike<number>;
  readonly clashes: readonly Row[];
  /** False when time ran out before it was tight enough. */
  readonly isWhole: boolean;
}

interface TightGiven {
  readonly packing: Packing;
  readonly crewPlan: CrewPlan;
  /** Options that interact closely, such as those of a day. */
  readonly groupOf: (option: number) => unknown;
  /** Left for a look. */
  readonly seconds: () => number;
  readonly isEnough: () => boolean;
  readonly isOver: () => boolean;
  readonly tell: (bound: number) => void;
}

/** Rounds at most: later ones add little. */
const mostRounds = 9;
const leastGain = 1e-3;

/**
 * The relaxed model, tightened while that helps: first the whole by exact rows for what units
 * cannot do together, found mostly group by group; then each group by zero-half cuts as well.
 */
export function tightRelaxation(highs: Highs, given: TightGiven): TightRelaxation | null {
  const whole = tightByWays(highs, given);
  if (whole === null || !whole.isWhole || given.isEnough()) return whole;
  return tightByGroup(highs, given, whole);
}

/** Null when not even the first look was over in time. */
function tightByWays(highs: Highs, given: TightGiven): TightRelaxation | null {
  const { packing, crewPlan, isEnough, isOver, tell } = given;
  const relaxation = openRelaxation(highs, packing, given.seconds);
  const clashes: Row[] = [];
  /** Adds the rows, also when there is no time to solve again. */
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
      // Clashes across groups are searched from the second round on.
      if (round > 0 && (clashes.length === known || gain < leastGain * last.bound)) break;
    }
    const { bound, prices, reduced } = last;
    return { bound, prices, reduced, clashes, isWhole };
  } finally {
    relaxation.dispose();
  }
}

/**
 * Rows that units jointly violate, searched group by group: many rounds there take less time than
 * one on the whole, and a row holds at whatever prices it was found.
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

/** A group stops after these rounds, or when one gains less than this share. */
const mostGroupRounds = 5;
const leastGroupGain = 2e-4;
const cutsPerRound = 60;

/**
 * Each group separately, at the prices that the whole gave the joint rows: their sum bounds the
 * whole (Lagrangian relaxation, Geoffrion 1974), as tightly as the whole before a row is added.
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
  /** One round for each; returns those worth another. Null when time ran out. */
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

/** Rounded up to the millionth, as the model is written. */
function roundedUp(value: number): number {
  return Math.ceil(value * 1e6) / 1e6;
}

interface Group {
  /** Upper bound of the group at its prices. */
  readonly bound: () => number;
  /** Solves, adding rows: whether another round may help. Null when time ran out. */
  readonly again: (clashes: Row[]) => boolean | null;
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
  const relaxation = openRelaxation(highs, part, given.seconds);
  const rows = wholeRows(part);
  const placeOf = new Map(options.map((option, at) => [option, at] as const));
  const shares = new Float64Array(packing.values.length);
  let last: Looked | null = null as Looked | null;
  const add = (row: WholeRow) => {
    rows.push(row);
    relaxation.add(row);
  };
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
        // An option worth nothing at its price keeps its reduced value from the whole.
        if ((part.values[at] ?? 0) > 0) reduced[option] = last?.reduced[at] ?? reduced[option] ?? 0;
      }
    },
    dispose: relaxation.dispose,
  };
}
