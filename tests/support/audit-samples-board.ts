import type { AuditSample } from "#tests/support/audit-sample.ts";

/** How the forecast did, and the week board: a plan by hand on days of its own. */
export const boardSamples: readonly AuditSample[] = [
  {
    route: "GET /api/forecast-record",
    as: "analyst",
    call: (caller) => caller.get("/api/forecast-record"),
    says: "asAt",
  },
  {
    route: "POST /api/plans",
    as: "sergeant",
    call: (caller) =>
      caller.send("POST", "/api/plans", { from: "2021-12-06", days: 1, origin: "by_hand" }),
    keep: (reply, state) => {
      state.board = reply.json<{ id: string }>().id;
    },
    says: "from days units origin windows",
  },
  {
    route: "POST /api/plans/:planId/windows",
    as: "sergeant",
    call: (caller, { board }) =>
      caller.send("POST", `/api/plans/${board}/windows`, {
        start: "2021-12-06T14:00:00Z",
        end: "2021-12-06T15:30:00Z",
        unit: 1,
      }),
    says: "plan",
  },
  {
    route: "POST /api/plans/:planId/windows/:windowId/split",
    as: "sergeant",
    call: (caller, { board }) =>
      caller.send("POST", `/api/plans/${board}/windows/w1/split`, { afterStop: 1 }),
    says: "plan window",
  },
  {
    route: "GET /api/plans/:planId/changes",
    as: "sergeant",
    call: (caller, { board }) => caller.get(`/api/plans/${board}/changes`),
    says: "plan",
  },
  {
    route: "GET /api/plans/:planId/worth",
    as: "sergeant",
    call: (caller, { board }) => caller.get(`/api/plans/${board}/worth`),
    says: "plan cells",
  },
  {
    route: "GET /api/debriefs",
    as: "sergeant",
    call: (caller) => caller.get("/api/debriefs?from=2021-11-22&days=7"),
    says: "from days",
  },
];
