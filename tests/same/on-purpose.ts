import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "63b8ec9ce471c08addd27c41e0f5d2abdbc95728";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
