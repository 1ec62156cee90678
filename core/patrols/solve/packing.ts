/**
 * The planner's abstract model: choose options of most value with no more members per row than its
 * limit. Units, revisit gaps and caps are all such rows. A row may exceed its limit at a price: the
 * cost of the first excess member, the second, and so on, ever more.
 */
export interface Packing {
  readonly values: Float64Array;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly limit: number;
  /** Indices of options, ascending. */
  readonly members: readonly number[];
  /** Ascending prices; the row holds `limit + steps.length` at most. None for a hard limit. */
  readonly steps?: readonly number[];
}

export function mostOf({ limit, steps }: Row): number {
  return limit + (steps?.length ?? 0);
}

export function priceOf({ limit, steps = [] }: Row, chosen: number): number {
  let price = 0;
  for (let beyond = 0; beyond < chosen - limit; beyond += 1) price += steps[beyond] ?? 0;
  return price;
}

/** Value of a choice in whole millionths, less prices beyond the limits. */
export function packingValue(packing: Packing, chosen: Iterable<number>): number {
  const kept = new Set(chosen);
  let millionths = 0;
  for (const option of kept) millionths += Math.round((packing.values[option] ?? 0) * 1e6);
  for (const row of packing.rows) {
    if (!row.steps) continue;
    const count = row.members.reduce((all, member) => all + (kept.has(member) ? 1 : 0), 0);
    millionths -= Math.round(priceOf(row, count) * 1e6);
  }
  return millionths / 1e6;
}

/** Drops rows implied by another: all members in one row at least as strict. */
export function withoutImplied(rows: readonly Row[]): Row[] {
  const kept: { row: Row; set: ReadonlySet<number> }[] = [];
  for (const row of [...rows].sort((a, b) => b.members.length - a.members.length)) {
    const implied = kept.some(
      ({ row: wider, set }) =>
        wider.limit <= row.limit && row.members.every((member) => set.has(member)),
    );
    if (!implied) kept.push({ row, set: new Set(row.members) });
  }
  return kept.map(({ row }) => row);
}

const knownRows = new WeakMap<Packing, number[][]>();

export function rowsByOption(packing: Packing): number[][] {
  const known = knownRows.get(packing);
  if (known) return known;
  const found: number[][] = Array.from({ length: packing.values.length }, () => []);
  packing.rows.forEach((row, index) => {
    for (const member of row.members) found[member]?.push(index);
  });
  knownRows.set(packing, found);
  return found;
}

/**
 * The packing as a CPLEX LP document of columns between 0 and 1: option `i` is `x<i>`, in order,
 * followed by the purchasable steps of the rows, `s<i>`, row by row.
 */
export function lpText(packing: Packing): string {
  const steps = packing.rows.flatMap((row) => row.steps ?? []);
  const lines = ["Maximize", " value:"];
  wrap(lines, [
    ...Array.from(packing.values, (value, option) => `+ ${value.toFixed(6)} x${option}`),
    ...steps.map((price, step) => `- ${price.toFixed(6)} s${step}`),
  ]);
  lines.push("Subject To");
  let step = 0;
  packing.rows.forEach((row, index) => {
    lines.push(` r${index}:`);
    const bought = (row.steps ?? []).map(() => {
      step += 1;
      return `- s${step - 1}`;
    });
    wrap(lines, [...row.members.map((option) => `+ x${option}`), ...bought]);
    lines.push(` <= ${row.limit}`);
  });
  lines.push("Bounds");
  packing.values.forEach((_, option) => {
    lines.push(` x${option} <= 1`);
  });
  steps.forEach((_, at) => {
    lines.push(` s${at} <= 1`);
  });
  lines.push("End", "");
  return lines.join("\n");
}

/** LP readers limit the length of a line. */
const termsPerLine = 16;

function wrap(lines: string[], terms: readonly string[]): void {
  for (let from = 0; from < terms.length; from += termsPerLine) {
    lines.push(` ${terms.slice(from, from + termsPerLine).join(" ")}`);
  }
}
