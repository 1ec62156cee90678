import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "b27f0235787150b35f41c138caf821215629aaf4";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
