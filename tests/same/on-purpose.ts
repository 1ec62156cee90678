import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "74f2bb5eed5dcd0d3172e33fa0ac056141432995";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
