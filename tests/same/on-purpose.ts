import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "aaadcdd936d1ff5588e62cf547d46cfac1e4b6f3";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
