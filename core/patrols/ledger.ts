import { mostOf, type Packing, rowsByOption } from "#core/patrols/packing.ts";

/** What is chosen of a packing, and what one more would add as things stand. */
export interface Ledger {
  readonly value: () => number;
  /** What the option adds, or -1 where it is chosen already or a row has no room for it. */
  readonly adds: (option: number) => number;
  readonly take: (option: number) => void;
  readonly drop: (option: number) => void;
}

/** With rows that are kept in another way left out. */
export function createLedger(packing: Packing, matters: (row: number) => boolean): Ledger {
  const { rows, values } = packing;
  const rowsOf = rowsByOption(packing).map((own) => Int32Array.from(own.filter(matters)));
  const used = new Int32Array(rows.length);
  const most = Int32Array.from(rows, mostOf);
  const limits = Int32Array.from(rows, ({ limit }) => limit);
  const isChosen = new Uint8Array(values.length);
  let value = 0;
  const adds = (option: number) => (isChosen[option] === 1 ? -1 : addsIfNew(option));
  const addsIfNew = (option: number) => {
    let worth = values[option] ?? 0;
    const own = rowsOf[option] ?? new Int32Array(0);
    for (let at = 0; at < own.length; at += 1) {
      const row = own[at] ?? 0;
      const count = used[row] ?? 0;
      if (count >= (most[row] ?? 0)) return -1;
      const beyond = count - (limits[row] ?? 0);
      if (beyond >= 0) worth -= rows[row]?.steps?.[beyond] ?? 0;
    }
    return worth;
  };
  const move = (option: number, by: 1 | -1) => {
    for (const row of rowsOf[option] ?? []) used[row] = (used[row] ?? 0) + by;
    isChosen[option] = by === 1 ? 1 : 0;
  };
  return {
    value: () => value,
    adds,
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
