import type { Purpose } from "#tests/same/compare.ts";

/** The state that is compared with, as `git` names it; set forward when the list below is emptied. */
export const since = "f71f98061345f27f712ac92476296b6fd940e786";

/** What differs from it on purpose. */
export const onPurpose: readonly Purpose[] = [
  {
    files: /openapi/,
    lines: /legs\.items\.properties\.attribution\b/,
    why: "a way keeps whose streets it follows",
  },
  {
    files: /openapi/,
    lines: /sessions\/\{id\}\/cancel\.post\.summary/,
    why: "plainer words",
  },
  {
    files: /commands\/help/,
    lines:
      /\bdo\b|any call of the interface|--list {2}every call|For example|not read or change is refused/,
    why: "a command for any call",
  },
];
