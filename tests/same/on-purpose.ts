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
    why: "a command for any call; help is written from what the commands take, a line for each word",
  },
  {
    files:
      /commands\/\d+-(backtest|batches|forecast|hotspots|monthly-return-2021-10|user-list)\.txt/,
    lines: /^[+-](?!exit|.* = )/,
    why: "tables on the command line have one form",
  },
  {
    files: /commands\/\d+-(import|plan|undo|streets|basemap)/,
    lines: /^[+-]\w+Error: /,
    why: "commands refuse in one form",
  },
];
