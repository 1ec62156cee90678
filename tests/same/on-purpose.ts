import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "445ba24322f3fa76b644ceebb42827adae70a5ef";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
