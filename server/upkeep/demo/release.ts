import type { ReleaseCommitment } from "#core/releases/wire/release.ts";
import type { Actor } from "#core/role.ts";
import type { Services } from "#server/acts/services.ts";
import { approveRelease } from "#server/releases/approve.ts";
import { draftRelease } from "#server/releases/draft.ts";

/** As the demonstration calls whoever signs in by that role. */
const analyst: Actor = { person: "demonstration analyst", role: "analyst", partner: null };
const auditor: Actor = { person: "demonstration auditor", role: "auditor", partner: null };

const commitments: readonly ReleaseCommitment[] = [
  {
    said: "Cars slow down and circle at night, and people are afraid to walk home.",
    did: "Outreach workers were out first. Officers then spoke to drivers, and courses were offered before fines.",
    next: "The council looks at lighting and at closing one side road at night.",
    by: "2022-02-28",
  },
  {
    said: "You report and never hear back.",
    did: "We show here what was reported, month by month, and say what we cannot tell.",
    next: "Every ward panel gets the next release, and each report gets an answer.",
    by: "2022-01-31",
  },
];

/** One release, drafted by one person and approved by another, so that a presenter has something to show. */
export async function storeRelease(
  services: Pick<Services, "db" | "zone" | "asAt">,
): Promise<void> {
  const quiet = { ...services, addDetail: () => undefined };
  const { id } = await draftRelease(quiet, analyst, { commitments: [...commitments] });
  await approveRelease(quiet, auditor, { draftId: id, contentHash: null });
}
