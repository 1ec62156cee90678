import { mostOf, type Packing, type Row, rowsByOption } from "#core/patrols/solve/packing.ts";

/** A further veto on options; once it refuses one, it always will. */
export interface Admission {
  readonly fits: (option: number) => boolean;
  readonly take: (option: number) => void;
}

const anything: Admission = { fits: () => true, take: () => undefined };

/**
 * Adds options by value per minute, best first, while no row is broken. From nothing this is the
 * greedy plan; from another plan it fills the remaining room.
 */
export function addGreedily(
  packing: Packing,
  minutes: Float64Array,
  start: readonly number[] = [],
  admission: Admission = anything,
): number[] {
  const { values, rows } = packing;
  const rowsOf = rowsByOption(packing);
  const used = new Uint32Array(rows.length);
  /** Marginal value of an option per minute; below 0 once it is in or out. */
  const worth = Float64Array.from(values, (value, option) => value / (minutes[option] ?? 1));
  const chosen = new Set<number>();
  /** Reprices a row that now holds so many: the next member costs more, or has no room. */
  const reprice = (row: Row, holding: number, before: number | null) => {
    const isFull = holding >= mostOf(row);
    const price = stepAt(row, holding) - (before === null ? 0 : stepAt(row, before));
    if (!isFull && price === 0) return;
    for (const member of row.members) {
      worth[member] = isFull ? -1 : (worth[member] ?? -1) - price / (minutes[member] ?? 1);
    }
  };
  for (const row of rows) if (row.limit === 0) reprice(row, 0, null);
  const settle = (option: number) => {
    chosen.add(option);
    for (const index of rowsOf[option] ?? []) {
      const row = rows[index];
      if (!row) continue;
      const holding = (used[index] ?? 0) + 1;
      used[index] = holding;
      reprice(row, holding, holding - 1);
    }
    worth[option] = -1;
  };
  for (const option of start) settle(option);
  for (;;) {
    const best = bestOf(worth);
    if (best < 0) break;
    if (admission.fits(best)) {
      admission.take(best);
      settle(best);
    } else worth[best] = -1;
  }
  return [...chosen].sort((a, b) => a - b);
}

function stepAt({ limit, steps }: Row, holding: number): number {
  return steps?.[holding - limit] ?? 0;
}

/** The first of the best, or -1 when nothing adds anything. */
function bestOf(worth: Float64Array): number {
  let best = -1;
  let most = 0;
  for (let option = 0; option < worth.length; option += 1) {
    const value = worth[option] ?? 0;
    if (value > most) {
      most = value;
      best = option;
    }
  }
  return best;
}
