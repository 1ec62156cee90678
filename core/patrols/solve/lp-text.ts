import type { Packing } from "#core/patrols/solve/packing.ts";

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
