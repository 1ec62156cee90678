import { isFresh } from "#core/accounts/second-factor.ts";
import { freshProofType } from "#core/text/problem-types.ts";
import type { Session } from "#server/accounts/sessions.ts";
import { Problem } from "#server/problem.ts";

/** Refuses what needs its person to be there; the page asks, and repeats the call. A role of the demonstration has no proof. */
export function refuseUnlessFresh(session: Pick<Session, "accountId" | "freshAt"> | null): void {
  if (!session || session.accountId === null || isFresh(session.freshAt, Date.now())) return;
  throw new Problem(
    403,
    "Confirm that it is you",
    "Nothing was changed. Prove that you are there first; it counts for five minutes.",
    [],
    freshProofType,
  );
}
