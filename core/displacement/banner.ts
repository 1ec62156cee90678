import type { Verdict } from "#core/displacement/verdict.ts";

interface Judged {
  readonly name: string;
  readonly verdict: Verdict;
}

/**
 * A fall in the core together with a rise at an edge is said wherever the fall is shown, in
 * presenter mode too (SAFEGUARDS 11). Null when there is nothing of the kind.
 */
export function movedBanner(
  treatedArea: Judged,
  overall: Judged,
  edges: readonly Judged[],
): string | null {
  const hasFallen = treatedArea.verdict === "fall" || overall.verdict === "fall";
  const risen = edges.filter(({ verdict }) => verdict === "rise").map(({ name }) => name);
  if (!hasFallen || risen.length === 0) return null;
  return `Reports fell in the treated area and rose at the edge: ${risen.join(", ")}. The problem may have moved.`;
}
