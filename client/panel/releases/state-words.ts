import { formatDate, formatTimeOfDay } from "#client/ui/format.ts";
import { createZone } from "#core/time/zone.ts";
import type { DraftReply } from "#core/wire/releases.ts";

const zone = createZone("Europe/London");

/** Where a draft stands, as far as the caller may know. */
export function draftState({
  isStale,
  objections,
  isHeldByAnother,
  approvableFrom,
}: DraftReply): string {
  if (isStale) return "Another release was approved since: discard it and draft it anew.";
  if (objections.length > 0) return "Held by an objection until it is taken back.";
  if (isHeldByAnother) {
    return "Held by an objection to another draft that was never released, until it is taken back.";
  }
  return approvableFrom === null
    ? "Waits for a second person to approve it. Until then it can be held."
    : `Partners and the coordinator have time to read and to hold it; a second person can approve it from ${momentWords(approvableFrom)} on.`;
}

/** "29 Nov 2026, 10:42", London. */
function momentWords(instant: string): string {
  return `${formatDate(zone.dateOf(Date.parse(instant)))}, ${formatTimeOfDay(instant)}`;
}
