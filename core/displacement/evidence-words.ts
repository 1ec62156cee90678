import type { EdgeRow, RiseEvidence } from "#core/displacement/wire/displacement.ts";
import { formatDate } from "#core/time/words.ts";

/** Where the bar stands; by thirds of the logarithm, so evidence of 6, 33 and (with six edges) 120 to 1. */
export function evidenceWords({ share, movedOn }: RiseEvidence): string {
  if (movedOn !== null) return `has risen, shown in the week to ${formatDate(movedOn)}`;
  if (share < 0.01) return "no sign of a rise";
  if (share < 1 / 3) return "slight sign of a rise";
  return share < 2 / 3 ? "some sign of a rise" : "strong sign of a rise, not enough yet";
}

type Watched = Pick<EdgeRow, "name" | "verdict" | "evidence">;

/**
 * Of an edge with too few reports only that it has risen, which asks for action: "no sign" would read as if none were
 * there, and how far its bar came would bound a small count.
 */
export function shownEvidence({ verdict, evidence }: Omit<Watched, "name">): RiseEvidence | null {
  return verdict === "cannot_tell" && evidence?.movedOn === null ? null : evidence;
}

/** The bars on paper, in a sentence or two. */
export function weeklySentence(edges: readonly Watched[]): string {
  const byWords = new Map<string, string[]>();
  for (const edge of edges) {
    const evidence = shownEvidence(edge);
    if (evidence === null) continue;
    const words = evidenceWords(evidence);
    byWords.set(words, [...(byWords.get(words) ?? []), edge.name]);
  }
  if (byWords.size === 0) return "Week by week: not enough reports to tell at any boundary.";
  const said = [...byWords].map(([words, names]) => `${names.join(", ")}: ${words}`);
  return `Week by week: ${said.join("; ")}.`;
}
