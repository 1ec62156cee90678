import { type AuditSample, get } from "#tests/support/audit-sample.ts";

const agreement = {
  neighbour: "Barnet",
  reference: "EX/2021/09",
  contactRole: "Partnership inspector",
  outreachContact: "Outreach lead of the borough",
  firstQuarter: "2021-Q1",
  lastQuarter: "2021-Q4",
  startsOn: "2021-09-01",
  expiresOn: "2022-08-31",
};

/** The exchange with neighbours, on the agreement that the demonstration has with one. */
export const exchangeSamples: readonly AuditSample[] = [
  { route: "GET /api/exchange", as: "sergeant", call: get("/api/exchange"), says: "neighbours" },
  {
    route: "POST /api/exchange/agreements",
    as: "analyst",
    call: (caller) => caller.send("POST", "/api/exchange/agreements", agreement),
    says: "agreement from to",
  },
  {
    route: "POST /api/handovers/:id/told",
    // The sergeant has handed it over (alertSamples).
    as: "analyst",
    call: (caller, { handover }) => caller.send("POST", `/api/handovers/${handover}/told`),
    says: "handover",
  },
  {
    route: "POST /api/handovers/:id/acknowledge",
    as: "liaison",
    call: (caller, { handover }) => caller.send("POST", `/api/handovers/${handover}/acknowledge`),
    says: "handover",
  },
  {
    route: "GET /api/exchange/own",
    as: "liaison",
    call: get("/api/exchange/own"),
    says: "agreement quarters handovers",
  },
  {
    route: "POST /api/exchange/totals",
    as: "liaison",
    call: (caller) =>
      caller.send("POST", "/api/exchange/totals", {
        totals: [{ quarter: "2021-Q3", reports: "fewer than 10" }],
      }),
    says: "by taken unchanged",
  },
  {
    route: "POST /api/exchange/patrol-check",
    as: "liaison",
    // Neither a time for comparison of the demonstration lies there then, nor a visit of its partners.
    call: (caller) =>
      caller.send("POST", "/api/exchange/patrol-check", {
        corners: lowHallCorners,
        from: "2021-11-27T07:00:00Z",
        to: "2021-11-27T07:30:00Z",
      }),
    says: "",
  },
];

/** Some hundred metres across, beyond the Lea. */
export const lowHallCorners: readonly (readonly [number, number])[] = [
  [-0.0385, 51.601],
  [-0.0335, 51.601],
  [-0.0335, 51.604],
  [-0.0385, 51.604],
];
