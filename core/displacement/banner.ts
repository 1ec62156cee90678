import type { Verdict } from "#core/displacement/verdict.ts";

interface Judged {
  readonly name: string;
  readonly verdict: Verdict;
}

/** What may be said to have fallen. */
export interface Fallen {
  readonly verdict: Verdict;
  /** Before the interval is widened by the scatter of the months (core/displacement/rows.ts). */
  readonly fell?: boolean;
}

/**
 * Wider intervals make a success harder to claim; they must not make the warning beside it rarer. So a
 * fall counts for a banner as soon as either interval shows it, and a rise as it is shown.
 */
export function hasFallen({ verdict, fell }: Fallen): boolean {
  return verdict === "fall" || fell === true;
}

/**
 * A fall in the core together with a rise at an edge is said wherever the fall is shown, in
 * presenter mode too (SAFEGUARDS 11). Null when there is nothing of the kind.
 */
export function movedBanner(
  treatedArea: Fallen,
  overall: Fallen,
  edges: readonly Judged[],
): string | null {
  const risen = edges.filter(({ verdict }) => verdict === "rise").map(({ name }) => name);
  if (!(hasFallen(treatedArea) || hasFallen(overall)) || risen.length === 0) return null;
  const where = hasFallen(treatedArea)
    ? "in the treated area"
    : "in the treated area and the rings together";
  return `Reports fell ${where} and rose at the edge: ${risen.join(", ")}. The problem may have moved.`;
}
