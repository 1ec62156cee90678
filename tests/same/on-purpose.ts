import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "5af3dc3bd145edc4c88f21a974dc841c39e40930";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
