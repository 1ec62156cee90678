import type { DraftReply } from "#core/releases/wire/releases.ts";

/**
 * The hash by which a draft is approved: that of the content that stands on the page to be read; null while none
 * does, as before it was opened, while it loads and where it could not be read.
 */
export function approvalHash(
  { mayApprove }: Pick<DraftReply, "mayApprove">,
  readHash: string | null,
): string | null {
  return mayApprove ? readHash : null;
}
