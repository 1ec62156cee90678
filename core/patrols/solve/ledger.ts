import { mostOf, type Packing, rowsByOption } from "#core/patrols/solve/packing.ts";

export interface Ledger {
  readonly value: () => number;
  /** Gain of the option, or -1 where it is chosen already or a row is full. */
  readonly adds: (option: number) => number;
  readonly take: (option: number) => void;
  readonly drop: (option: number) => void;
  /** Names the option that `meets` is asked about; false where every row has room for two more. */
  readonly ask: (option: number) => boolean;
  /** Whether a row has no room for both this option and the named one. */
  readonly meets: (option: number) => boolean;
}

/** What is chosen and how full each row is; leaves out rows that are kept elsewhere. */
export function createLedger(packing: Packing, matters: (row: number) => boolean): Ledger {
  const { rows } = packing;
  const values = Float64Array.from(packing.values);
  const own = rowsByOption(packing).map((list) => list.filter(matters));
  /** Option `i` has `rowsOf[offsets[i] .. offsets[i + 1])`; likewise for the prices. */
  const [offsets, rowsOf] = [startsOf(own), Int32Array.from(own.flat())];
  const steps = rows.map((row) => row.steps ?? []);
  const [stepsFrom, prices] = [startsOf(steps), Float64Array.from(steps.flat())];
  const used = new Int32Array(rows.length);
  const most = Int32Array.from(rows, mostOf);
  const limits = Int32Array.from(rows, ({ limit }) => limit);
  const isChosen = new Uint8Array(values.length);
  let value = 0;
  const adds = (option: number) => {
    if (isChosen[option] === 1) return -1;
    let worth = values[option] as number;
    const end = offsets[option + 1] as number;
    for (let at = offsets[option] as number; at < end; at += 1) {
      const row = rowsOf[at] as number;
      const count = used[row] as number;
      if (count >= (most[row] as number)) return -1;
      const beyond = count - (limits[row] as number);
      if (beyond >= 0) worth -= prices[(stepsFrom[row] as number) + beyond] as number;
    }
    return worth;
  };
  const move = (option: number, by: 1 | -1) => {
    const end = offsets[option + 1] as number;
    for (let at = offsets[option] as number; at < end; at += 1) {
      const row = rowsOf[at] as number;
      used[row] = (used[row] as number) + by;
    }
    isChosen[option] = by === 1 ? 1 : 0;
  };
  /** By row: the question it was last marked for. */
  const marked = new Int32Array(rows.length);
  let question = 0;
  return {
    value: () => value,
    adds,
    ask: (option) => {
      question += 1;
      let isTight = false;
      const end = offsets[option + 1] as number;
      for (let at = offsets[option] as number; at < end; at += 1) {
        const row = rowsOf[at] as number;
        if ((most[row] as number) - (used[row] as number) > 1) continue;
        marked[row] = question;
        isTight = true;
      }
      return isTight;
    },
    meets: (option) => {
      const end = offsets[option + 1] as number;
      for (let at = offsets[option] as number; at < end; at += 1) {
        if (marked[rowsOf[at] as number] === question) return true;
      }
      return false;
    },
    take: (option) => {
      value += adds(option);
      move(option, 1);
    },
    drop: (option) => {
      move(option, -1);
      value -= adds(option);
    },
  };
}

/** Offsets of concatenated lists, and the end of the last. */
function startsOf(lists: readonly (readonly unknown[])[]): Int32Array {
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, at) => {
    starts[at + 1] = (starts[at] as number) + list.length;
  });
  return starts;
}
