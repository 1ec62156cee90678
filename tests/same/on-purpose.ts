import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "ef5c5ca958dd29a60a55053f01fc6e457c127b67";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
