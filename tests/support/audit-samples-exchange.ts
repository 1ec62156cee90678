import { type AuditSample, sample } from "#tests/support/audit-sample.ts";

/** Some hundred metres across, beyond the Lea. */
export const lowHallCorners: readonly (readonly [number, number])[] = [
  [-0.0385, 51.601],
  [-0.0335, 51.601],
  [-0.0335, 51.604],
  [-0.0385, 51.604],
];

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
  sample("sergeant", "GET /api/exchange", "neighbours"),
  sample("analyst", "POST /api/exchange/agreements", "agreement from to", { body: agreement }),
  // The sergeant has handed it over (alertSamples).
  sample("analyst", "POST /api/handovers/:id=handover/told", "handover"),
  sample("liaison", "POST /api/handovers/:id=handover/acknowledge", "handover"),
  sample("liaison", "GET /api/exchange/own", "agreement quarters handovers"),
  sample("liaison", "POST /api/exchange/totals", "by taken unchanged", {
    body: { totals: [{ quarter: "2021-Q3", reports: "fewer than 10" }] },
  }),
  // Neither a time for comparison of the demonstration lies there then, nor a visit of its partners.
  sample("liaison", "POST /api/exchange/patrol-check", "", {
    body: { corners: lowHallCorners, from: "2021-11-27T07:00:00Z", to: "2021-11-27T07:30:00Z" },
  }),
];
