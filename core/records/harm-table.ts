import {
  type HarmName,
  type HarmWeight,
  harmNames,
  isHarmName,
  mostHarm,
} from "#core/records/harm.ts";
import { readWeight } from "#core/records/wire/harm-weights.ts";
import { failure, type Result, success } from "#core/result.ts";
import { createRowReader } from "#core/table/row-reader.ts";
import { formatCount } from "#core/text/numbers.ts";

/** The columns of a file of harm weights. */
export const harmHeadings = ["name", "weight"] as const;

interface ReadHarmTable {
  readonly weights: readonly HarmWeight[];
  /** `row`: the line of the file, from 1. */
  readonly faults: readonly { readonly row: number; readonly reason: string }[];
}

const mostRows = 100;

/** Weights from a comma-separated table of `name,weight`, every faulty line with what to do; a FileFault where it is no table. */
export function readHarmTable(text: string): Result<ReadHarmTable> {
  const reader = createRowReader(",");
  const [head, ...lines] = [...reader.push(text.replace(/^\uFEFF/, "")), ...reader.finish()];
  const names = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  if (names.join() !== harmHeadings.join()) {
    return failure(
      `The first line must be ${harmHeadings.join(",")}; it is "${names.join(",").slice(0, 80)}". Correct it.`,
    );
  }
  if (lines.length > mostRows) {
    return failure(`There are ${lines.length} lines. There are ${harmNames.length} names in all.`);
  }
  const weights: HarmWeight[] = [];
  const faults: { row: number; reason: string }[] = [];
  const lineOf = new Map<HarmName, number>();
  for (const { cells, line: row } of lines) {
    if (cells.every((cell) => cell.trim() === "")) continue;
    const read = readRow(cells, lineOf);
    if (typeof read === "string") faults.push({ row, reason: read });
    else {
      weights.push(read);
      lineOf.set(read.name, row);
    }
  }
  return success({ weights, faults });
}

/** A weight, or what is wrong with the line and what to do. */
function readRow(
  cells: readonly string[],
  lineOf: ReadonlyMap<HarmName, number>,
): HarmWeight | string {
  const [name = "", number = "", ...more] = cells.map((cell) => cell.trim());
  if (more.some((cell) => cell !== "")) return "more than two cells. Write a name and a weight.";
  if (!isHarmName(name)) {
    return `"${name.slice(0, 40)}" is not known. Use ${harmNames.join(", ")}.`;
  }
  if (lineOf.has(name)) return `${name} is on line ${lineOf.get(name)} too. Keep one.`;
  const weight = readWeight(number);
  if (weight !== null) return { name, weight };
  return `"${number.slice(0, 40)}" is no weight for ${name}. Write a number above 0, up to ${formatCount(mostHarm)}.`;
}
