import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "df2da54e62a2676cf5a665502dfee22be0b874ca";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
