import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "73cd067b36cd15480ac127cca56c220d9da3696e";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
