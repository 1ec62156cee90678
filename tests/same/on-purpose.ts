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
  {
    files: /openapi|plan|day/,
    lines: /arrivalTimes\b.*\b(?:before|weeks)\b/,
    why: "arrival times are told beside the week before alone, not beside seven",
  },
  {
    files: /openapi/,
    lines: /\.harm\b|displacement\.get\.parameters\[5\]|saved-views\.post.*\.filters\./,
    why: "harm is weighed by the table that the team keeps: none typed into a link, none chosen on Hotspots",
  },
  {
    files: /openapi/,
    lines: /meeting\/packs.*\.response\.properties\.\w+\.maxLength/,
    why: "a plan in a pack is declared as one that is shared",
  },
  {
    files: /commands\/(?:12|13|30|31|help)/,
    why: "harm-weights, meeting and monthly-return are gone: the page and `boxster do` give the same",
  },
  {
    files: /backup\/a(?:ll|udit)/,
    lines: /rows\.audit = |id = 16\d\d;/,
    why: "those three write no line of the chain, and the numbers of later ones follow",
  },
  {
    files: /openapi|day|audit/,
    lines:
      /outcomes\/exports\.post\.requestBody|download outcomes,|act = download outcomes;|detail\.form = "csv"/,
    why: "charts of outcomes leave on paper and in the file of figures, not as pictures one by one",
  },
  {
    files: /pictures\/(?:briefing|displacement-harm|outcomes|operations-report)/,
    why: "the mark on briefings, the form of harm weights, no button for a picture of a chart, and maps of reports drawn as those of briefings",
  },
  {
    files: /GET-public-(?:basemap|tiles)/,
    why: "no page asks for tiles of the streets without signing in",
  },
  {
    files: /openapi/,
    lines: /paths\.\/api\/public\/(?:basemap|tiles)/,
    why: "no page asks for tiles of the streets without signing in",
  },
  {
    files: /openapi/,
    lines: /paths\.\/api\/gazetteers?\.(?:get|post)/,
    why: "names of a gazetteer travel as rows",
  },
  { files: /GET-gazetteer\.txt/, lines: /names\b/, why: "names of a gazetteer travel as rows" },
  {
    files: /commands\/help/,
    lines: /remove-gazetteer|Remove a gazetteer/,
    why: "a call that boxster do makes",
  },
  {
    files: /backup\/control_(?:day|draw)/,
    why: "request numbers are drawn from the same seed, and fewer requests are made",
  },
  {
    files: /openapi/,
    lines: /forecast-(?:choice|record)|displacement\/control-days|\bchosen\b/,
    why: "one table tells how the forecast did, and boxster stat judges comparison days",
  },
  {
    files: /GET-(?:forecast-(?:choice|record)|displacement-control-days)/,
    why: "one table tells how the forecast did, and boxster stat judges comparison days",
  },
  {
    files: /commands\/(?:03-backtest|help)/,
    lines: /--method|forecast \[|--profile/,
    why: "nobody chooses the forecast, and NMEA is not read",
  },
  {
    files: /GET-(?:plans|keep-clear)|backup\/(?:control|occupancy|outreach_session|patrol|session)/,
    why: "the forecast averages 20 methods: the plan of the day is another one",
  },
  {
    files: /audit|backup\/(?:all|setting)|\/day\//,
    why: "routes that went number the day's calls anew, in which another plan stands",
  },
];
