import { keptCall } from "#client/live/kept.ts";
import { type DraftReply, type ReleasesReply, releaseCalls } from "#core/releases/wire/releases.ts";

export const releases = keptCall(releaseCalls.list, "releases", "drafts");

/** Shows the state that a change answers with. */
export async function takeReleases(reply: Promise<ReleasesReply>): Promise<void> {
  releases.accept(await reply);
}

/** Only while the whole, unchanged draft is displayed. */
export function mayApprove(
  { mayApprove: isAllowed, contentHash }: Pick<DraftReply, "mayApprove" | "contentHash">,
  read: { readonly draft: Pick<DraftReply, "contentHash"> } | null,
): boolean {
  return isAllowed && read?.draft.contentHash === contentHash;
}
