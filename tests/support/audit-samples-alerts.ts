import { type AuditSample, sample } from "#tests/support/audit-sample.ts";

/** Alerts 1 and 2 are there before any of these is called (raiseAlert). */
export const alertSamples: readonly AuditSample[] = [
  sample("sergeant", "GET /api/alerts", "alerts"),
  sample("analyst", "POST /api/alerts/:id=1/acknowledge", "alert", {
    body: { words: "Looked at with the team." },
  }),
  sample("sergeant", "POST /api/alerts/:id=1/hand-over", "alert handover period", {
    body: { neighbour: "Waltham Forest", role: "outreach", words: "Asked to go and look." },
    keep: { handover: "handover" },
  }),
  sample("sergeant", "POST /api/alerts/:id=2/close", "alert", { body: { words: "Road works." } }),
];
