import { type AuditSample, get } from "#tests/support/audit-sample.ts";

/** Alerts 1 and 2 are there before any of these is called (raiseAlert). */
export const alertSamples: readonly AuditSample[] = [
  { route: "GET /api/alerts", as: "sergeant", call: get("/api/alerts"), says: "alerts" },
  {
    route: "POST /api/alerts/:id/acknowledge",
    as: "analyst",
    call: (caller) =>
      caller.send("POST", "/api/alerts/1/acknowledge", { words: "Looked at with the team." }),
    says: "alert",
  },
  {
    route: "POST /api/alerts/:id/hand-over",
    as: "sergeant",
    call: (caller) =>
      caller.send("POST", "/api/alerts/1/hand-over", {
        neighbour: "Waltham Forest",
        role: "outreach",
        words: "Asked to go and look.",
      }),
    keep: (reply, state) => {
      state.handover = reply.json<{ handover: string }>().handover;
    },
    says: "alert handover period",
  },
  {
    route: "POST /api/alerts/:id/close",
    as: "sergeant",
    call: (caller) => caller.send("POST", "/api/alerts/2/close", { words: "Road works." }),
    says: "alert",
  },
];
