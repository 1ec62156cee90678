import type { H3Cell } from "#core/geo/cell.ts";
import type { Rise } from "#core/patrols/wire/board.ts";

type Told = Omit<Rise, "cells">;

/** One sentence for each operation, for police; it holds no count. */
export function riseSentences(rises: readonly Told[]): string[] {
  return [...new Set(rises.map(({ operation }) => operation))].map((operation) => {
    const own = rises.filter((rise) => rise.operation === operation);
    const places = [...new Set(own.map(({ neighbour }) => neighbour))];
    const each = places.length > 1 ? " at each boundary" : "";
    return `Reports have risen at ${places.join(" and ")}. New patrols of ${operation} wait, by its stop rule, until one person records what was done${each} and another confirms it: Displacement, Stop rule.`;
  });
}

/** For a warden coordinator, who reads nothing of operations. */
export const wardenWaitsWords =
  "By an agreement of police new patrols wait here for now. Ask the sergeant.";

/** Those for which it waits: it has a stop in the treated area, on a London date within the operation. */
export function risesHolding(
  rises: readonly Rise[],
  { date, cells }: { readonly date: string; readonly cells: readonly H3Cell[] },
): Rise[] {
  return rises.filter(({ from, to, cells: treated }) => {
    const isDuring = from <= date && (to === null || date <= to);
    return isDuring && cells.some((cell) => treated.includes(cell));
  });
}
