import { keptCall } from "#client/live/kept.ts";
import { type DraftReply, type ReleasesReply, releaseCalls } from "#core/releases/wire/releases.ts";

/** Releases and what waits. */
export const releases = keptCall(releaseCalls.list, "releases", "drafts");

/** Takes what a change answered: what stands there after it. */
export async function takeReleases(reply: Promise<ReleasesReply>): Promise<void> {
  releases.accept(await reply);
}

/** Whether it can be approved now: what is to be approved stands on the page to be read, whole and the same. */
export function mayApprove(
  { mayApprove: isAllowed, contentHash }: Pick<DraftReply, "mayApprove" | "contentHash">,
  read: { readonly draft: Pick<DraftReply, "contentHash"> } | null,
): boolean {
  return isAllowed && read?.draft.contentHash === contentHash;
}
