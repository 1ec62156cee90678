import type { Highs, Model } from "highs";
import type { CrewPlan } from "#core/patrol/crew-plan.ts";
import { halfCuts, type WholeRow } from "#core/patrol/half-cuts.ts";
import { lpText } from "#core/patrol/lp-text.ts";
import type { Packing, Row } from "#core/patrol/packing.ts";

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

export interface TightGiven {
  readonly packing: Packing;
  readonly crewPlan: CrewPlan;
  /** Options that hang together closely, such as those of a day: sums of rows are looked for inside them. */
  readonly groupOf: (option: number) => unknown;
  /** Tighter is not asked for. */
  readonly isEnough: () => boolean;
  /** Its time is up. */
  readonly isOver: () => boolean;
  readonly seconds: () => number;
  readonly isCancelled: () => boolean;
  readonly tell: (bound: number) => void;
}

/** Rounds of rows about ways alone, at most, and of both kinds: later ones add little. */
const rounds = { ways: 9, both: 2 };
const leastGain = { ways: 1e-3, both: 2e-4 };
const cutsPerGroup = 60;

/**
 * The model with options that may be chosen in part, made tighter while that helps: first by all that units
 * cannot do between them, found exactly, then by sums of rows that are halved and rounded down as well.
 */
export function tightRelaxation(highs: Highs, given: TightGiven): TightRelaxation | null {
  const { packing, crewPlan, isEnough, isOver } = given;
  return highs.withModel({ format: "lp", data: lpText(packing) }, (model) => {
    model.options.set({ output_flag: false, presolve: "off" });
    const groups = createGroups(packing, given.groupOf);
    for (const row of wholeRows(packing)) groups.add(row);
    const clashes: Row[] = [];
    let known: Known | null = null as Known | null;
    const boundOf = () => known?.bound ?? 0;
    /** One more look, with the rows that the last one asked for; false when it ran out of time. */
    const look = () => {
      if (!solved(highs, model, given)) return false;
      const { rowDual, colDual } = model.getSolution();
      const bound = model.getObjectiveValue();
      const prices = Array.from(rowDual.slice(0, packing.rows.length), Math.abs);
      known = { bound, prices, reduced: Float64Array.from(colDual) };
      given.tell(bound);
      return true;
    };
    /** Rows that the last look breaks; how many. */
    const tighten = (withHalves: boolean) => {
      const shares = model.getSolution().colValue;
      const broken = crewPlan.clashesInPart(shares);
      clashes.push(...broken);
      const rows: WholeRow[] = broken.map(({ limit, members }) => ({
        limit,
        columns: members,
        values: members.map(() => 1),
      }));
      if (withHalves) rows.push(...groups.cuts(shares));
      for (const row of rows) {
        groups.add(row);
        addRow(highs, model, row);
      }
      return rows.length;
    };
    /** One round; whether another one of this kind may help. Null when it ran out of time. */
    const again = (kind: keyof typeof rounds): boolean | null => {
      const before = boundOf();
      if (tighten(kind === "both") === 0) return false;
      return look() ? before - boundOf() >= leastGain[kind] * before : null;
    };
    /** False when the time was up while another round might have helped. */
    const run = (kind: keyof typeof rounds) => {
      for (let round = 0; round < rounds[kind] && !isEnough(); round += 1) {
        const helps = isOver() ? null : again(kind);
        if (helps !== true) return helps !== null;
      }
      return true;
    };
    const isWhole = look() && run("ways") && run("both");
    return known === null ? null : { ...known, clashes, isWhole };
  });
}

type Known = Omit<TightRelaxation, "clashes" | "isWhole">;

function solved(highs: Highs, model: Model, { seconds, isCancelled }: TightGiven): boolean {
  model.zeroAllClocks();
  model.options.set({ time_limit: seconds() });
  model.run({
    [highs.constants.callbackType.simplexInterrupt]: (event) => {
      if (isCancelled()) event.interrupt();
      return undefined;
    },
  });
  return model.getModelStatus() === highs.constants.modelStatus.optimal;
}

function addRow(highs: Highs, model: Model, { columns, values, limit }: WholeRow): void {
  model.addRow(-highs.infinity, limit, {
    indices: Int32Array.from(columns),
    values: Float64Array.from(values),
  });
}

/** Rows with the steps that they may buy: those are whole in some best choice, for their prices ascend. */
function wholeRows({ values, rows }: Packing): WholeRow[] {
  let step = values.length;
  return rows.map(({ limit, members, steps = [] }) => {
    const bought = steps.map((_, at) => step + at);
    step += steps.length;
    return {
      columns: [...members, ...bought],
      values: [...members.map(() => 1), ...bought.map(() => -1)],
      limit,
    };
  });
}

/** Rows by group; those that join groups are in none. */
function createGroups({ values }: Packing, groupOf: (option: number) => unknown) {
  const rowsOf = new Map<unknown, WholeRow[]>();
  return {
    add: (row: WholeRow) => {
      const name = groupOf(row.columns[0] ?? -1);
      const isWithin = row.columns.every(
        (column) => column >= values.length || groupOf(column) === name,
      );
      if (!isWithin) return;
      const own = rowsOf.get(name);
      if (own) own.push(row);
      else rowsOf.set(name, [row]);
    },
    cuts: (shares: ArrayLike<number>) =>
      [...rowsOf.values()].flatMap((rows) => halfCuts({ rows, shares, most: cutsPerGroup })),
  };
}
