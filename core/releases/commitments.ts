import { wordsFault } from "#core/releases/public-words.ts";
import { objectionHours } from "#core/releases/waiting.ts";
import type { ReleaseCommitment } from "#core/releases/wire/release.ts";
import { dateName } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

export const mostCommitments = 8;
export const mostCommitmentLetters = 240;
const longestDays = 731;

export interface CommitmentFault {
  /** From 0. */
  readonly at: number;
  readonly field: keyof ReleaseCommitment;
  readonly reason: string;
}

const parts = ["said", "did", "next"] as const;

/** "You said, we did, next by when": complete, short, about no person, and for a future day. */
export function readCommitments(
  typed: readonly ReleaseCommitment[],
  asAtDate: string,
): { readonly commitments: ReleaseCommitment[]; readonly faults: CommitmentFault[] } {
  const faults: CommitmentFault[] = [];
  const commitments = typed.map((one, at) => {
    const read = { ...one };
    for (const field of parts) {
      read[field] = one[field].trim();
      const reason = wordsFault(read[field], mostCommitmentLetters);
      if (reason !== null) faults.push({ at, field, reason });
    }
    const reason = byFault(one.by, asAtDate);
    if (reason !== null) faults.push({ at, field: "by", reason });
    return read;
  });
  if (typed.length > mostCommitments) {
    const reason = `${typed.length} are too many for a meeting. The limit is ${mostCommitments}.`;
    faults.push({ at: mostCommitments, field: "said", reason });
  }
  return { commitments, faults };
}

function byFault(by: string, asAtDate: string): string | null {
  if (by < asAtDate) return `${by} is in the past. Enter a future date.`;
  const first = addDays(asAtDate, objectionHours / 24);
  if (by < first) {
    return `${by} is too soon: partners have three days to read the draft. Choose ${dateName(first)} or later.`;
  }
  const last = addDays(asAtDate, longestDays);
  return by > last ? `${by} is more than two years ahead. Choose an earlier date.` : null;
}
