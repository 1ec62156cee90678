import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "56ad3b63a7443b689d804181aeb0b955c9a93e85";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
