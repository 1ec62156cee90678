import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "c255b6434ed7bd3bee150c6fa2cff9909524f2fd";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
