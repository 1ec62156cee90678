import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "66ca12a17b5bd0f07c46bb632880eb046097e1a8";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
