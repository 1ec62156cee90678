import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "5211ffe42bd921bea5a65f9a7de2f42d7bf5c484";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
