import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { refreshOnLook } from "#client/live/refresh.ts";
import { type KeepClearReply, keepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import { formatDay } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

/** Protected time from today to as far ahead as police see it; for sergeants alone. */
export const keepClear = createResource<KeepClearReply>((signal) =>
  fetchJson("/api/keep-clear", keepClearReply, { signal }),
);

forgetOnSignOut(keepClear.reset);
refreshOnLook("keep_clear", keepClear);

/** "Shown to Fri 10 Dec": the last day of which protected time is shown; `until` is the next midnight. */
export function shownToText(until: string): string {
  return `Shown to ${formatDay(addDays(until.slice(0, 10), -1))}`;
}
