import { formatMonth } from "#client/ui/format.ts";
import type { DraftHistory } from "#core/releases/wire/releases.ts";

/** What earlier releases do to this one, for whoever drafts. */
export function historySentences({ taken, left }: DraftHistory): string[] {
  const sentences: string[] = [];
  if (taken.length > 0) {
    const changed = taken.filter(({ changedSince }) => changedSince);
    const stand = taken.length === 1 ? "1 month stands" : `${taken.length} months stand`;
    sentences.push(`${stand} as an earlier release showed them.`);
    if (changed.length > 0) {
      sentences.push(
        `Records have changed since for ${listOf(changed)}. Their figures stay as they were, as the difference would give single reports away. If they were badly wrong, withdraw each release that shows them: then no later one shows them again.`,
      );
    }
  }
  const withdrawn = left.filter(({ why }) => why === "withdrawn");
  if (withdrawn.length > 0) {
    sentences.push(
      `${listOf(withdrawn)}: left out, as no release that stands shows ${withdrawn.length === 1 ? "it" : "them"}. What was withdrawn does not come back.`,
    );
  }
  const moved = left.filter(({ why }) => why === "areas");
  if (moved.length > 0) {
    const numbers = [...new Set(moved.map(({ release }) => release))].join(", ");
    sentences.push(
      `${listOf(moved)}: left out, as release ${numbers} shows them for other areas. Two sets of areas of one month give single reports away.`,
    );
  }
  return sentences;
}

function listOf(months: readonly { readonly month: string }[]): string {
  return months.map(({ month }) => formatMonth(month)).join(", ");
}
