import type { DraftReply } from "#core/wire/releases.ts";

/** Where a draft stands, as far as the caller may know. */
export function draftState({ isStale, objections, isHeldByAnother }: DraftReply): string {
  if (isStale) return "Another release was approved since: discard it and draft it anew.";
  if (objections.length > 0) return "Held by an objection until it is taken back.";
  return isHeldByAnother
    ? "Held by an objection to another draft that was never released, until it is taken back."
    : "Waits for a second person to approve it.";
}
