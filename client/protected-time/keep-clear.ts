import { keptReply } from "#client/live/kept.ts";
import { keepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import { formatDay } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

/** Protected time from today to as far ahead as police see it; for sergeants alone. */
export const keepClear = keptReply("/api/keep-clear", keepClearReply, "keep_clear");

/** "known to Fri 10 Dec": the last day of which protected time is shown; `until` is the next midnight. */
export function shownToText(until: string): string {
  return `known to ${formatDay(addDays(until.slice(0, 10), -1))}`;
}
