import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "db4963675de1e3a031f9a7e3450c5c83c7656437";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
