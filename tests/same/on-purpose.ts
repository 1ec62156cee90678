import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "1844237ae8217aba3973b263b9e9f4955f72737e";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [];
