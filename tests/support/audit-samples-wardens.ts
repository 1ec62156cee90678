import { type AuditSample, sample } from "#tests/support/audit-sample.ts";

/** A patrol partner, and its coordinator's own hours and patrols: those of the demonstration. */
export const wardenSamples: readonly AuditSample[] = [
  sample("admin", "POST /api/patrol-partners", "patrolPartner", {
    body: { name: "Marshals of a test", kind: "marshals", kmh: 4, areas: [] },
    keep: { marshals: "code" },
  }),
  sample("admin", "PATCH /api/patrol-partners/:code=marshals", "patrolPartner changed", {
    body: { kmh: 4.5 },
  }),
  sample("warden", "GET /api/warden/windows?from=2021-11-26", "from days windows"),
  sample("warden", "GET /api/warden/staffing?from=2021-12-06", "from days duties"),
  sample("warden", "PUT /api/warden/staffing?from=2021-12-06", "from days duties", {
    body: { duties: [{ date: "2021-12-06", unit: 9, hours: "14:00-22:00", mode: "foot" }] },
  }),
  {
    route: "DELETE /api/tonight/stays/:key",
    as: "sergeant",
    call: (caller) =>
      caller.send("DELETE", "/api/tonight/stays/00000000-0000-4000-8000-000000000001"),
    says: "",
  },
];
