import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "81e9471c438f5e16e79c67940016dd6c2ae43830";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
