import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "212eaaf2455356d618be09f206bfd8b472d7c5ce";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
