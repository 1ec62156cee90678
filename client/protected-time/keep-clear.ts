import { keptReply } from "#client/live/kept.ts";
import { keepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import { formatDay } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

/** From today as far ahead as police may see; for sergeants only. */
export const keepClear = keptReply("/api/keep-clear", keepClearReply, "keep_clear");

/** "known to Fri 10 Dec": `until` is the midnight after that day. */
export function shownToText(until: string): string {
  return `known to ${formatDay(addDays(until.slice(0, 10), -1))}`;
}
