import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "d2ab6312d664a7e99dd379d8cbaa08cf88375395";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
