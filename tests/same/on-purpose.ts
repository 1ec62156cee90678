import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "e36f9cac78639f3a4d3d33cec5a0847ca0a1dadd";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
