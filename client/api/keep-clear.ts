import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { type KeepClearReply, keepClearReply } from "#core/wire/keep-clear.ts";

/** Protected time from today to as far ahead as police see it; for sergeants alone. */
export const keepClear = createResource<KeepClearReply>((signal) =>
  fetchJson("/api/keep-clear", keepClearReply, { signal }),
);

forgetOnSignOut(keepClear.reset);
