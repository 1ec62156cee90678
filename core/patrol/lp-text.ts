import type { Packing } from "#core/patrol/packing.ts";

/**
 * The packing as a CPLEX LP document; option `i` is the column `x<i>`, in order: chosen or not, or, in
 * the relaxation, chosen in part.
 */
export function lpText(packing: Packing, columns: "binary" | "relaxed" = "binary"): string {
  const lines = ["Maximize", " value:"];
  wrap(
    lines,
    Array.from(packing.values, (value, option) => `+ ${value.toFixed(6)} x${option}`),
  );
  lines.push("Subject To");
  packing.rows.forEach((row, index) => {
    lines.push(` r${index}:`);
    wrap(
      lines,
      row.members.map((option) => `+ x${option}`),
    );
    lines.push(` <= ${row.limit}`);
  });
  if (columns === "binary") {
    lines.push("Binary");
    wrap(
      lines,
      Array.from(packing.values, (_, option) => `x${option}`),
    );
  } else {
    lines.push("Bounds");
    packing.values.forEach((_, option) => {
      lines.push(` x${option} <= 1`);
    });
  }
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
