import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "0e607e9e43a47b00adae7c9136e44ce582cbeeac";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
