import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "d5c3133e112cbd75261334d0d5a12bcadbe59861";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
