import { type AuditSample, sample } from "#tests/support/audit-sample.ts";

/** How the forecast did, and the week board: a plan by hand on days of its own. */
export const boardSamples: readonly AuditSample[] = [
  sample("analyst", "GET /api/forecast-record", "asAt"),
  sample("analyst", "GET /api/forecast-seals", "entries"),
  sample("analyst", "GET /api/forecast-seals/file", "entries"),
  sample("sergeant", "POST /api/plans", "from days units origin windows", {
    body: { from: "2021-12-06", days: 1, origin: "by_hand" },
    keep: { board: "id" },
  }),
  sample("sergeant", "POST /api/plans/:planId=board/windows", "plan", {
    body: { start: "2021-12-06T14:00:00Z", end: "2021-12-06T15:30:00Z", unit: 1 },
  }),
  sample("sergeant", "POST /api/plans/:planId=board/windows/:windowId=w1/split", "plan window", {
    body: { afterStop: 1 },
  }),
  sample("sergeant", "GET /api/plans/:planId=board/changes", "plan"),
  sample("sergeant", "GET /api/plans/:planId=board/worth", "plan cells"),
  sample("sergeant", "GET /api/plans/encounters", "isEnough"),
  sample("sergeant", "GET /api/debriefs?from=2021-11-22&days=7", "from days"),
];
