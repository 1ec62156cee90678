import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "611cee77de8c1baede604b0902d455800c696e2b";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
