import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "4e9e754615a216eaa3124ca6a7068b62f53cf52e";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
