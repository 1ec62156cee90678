import { dataComplaintsReply } from "#core/outcomes/wire/data-complaints.ts";
import { type AuditSample, sample } from "#tests/support/audit-sample.ts";

const november = { from: "2021-11-01", to: "2021-11-25" };

/** Typed totals, their lawful bases and what is shown of them, on the demonstration. */
export const tallySamples: readonly AuditSample[] = [
  sample("analyst", "GET /api/tallies", "tallies"),
  sample("analyst", "POST /api/tallies", "tallies", {
    body: {
      totals: [{ measure: "cautions", ...november, value: 11, takenFrom: "Custody return" }],
    },
  }),
  sample("analyst", "PUT /api/tallies/:id=1", "tally", {
    body: { revision: 1, value: 44, reason: "records_came_late" },
  }),
  sample("admin", "GET /api/lawful-bases", ""),
  sample("admin", "POST /api/lawful-bases", "breakdown inForce", {
    body: { breakdown: "drug_use", inForce: true, condition: "safeguarding", policy: "APD 2021/4" },
  }),
  sample("admin", "GET /api/data-complaints", "complaints"),
  sample("presenter", "POST /api/data-complaints", "complaint", {
    body: { receivedOn: "2021-10-01" },
    keep: (reply) => {
      const { complaints } = dataComplaintsReply.parse(reply.json());
      return { dataComplaint: complaints[0]?.id ?? 0 };
    },
  }),
  sample("admin", "PUT /api/data-complaints/:id=dataComplaint", "complaint revision", {
    body: {
      receivedOn: "2021-10-01",
      acknowledgedOn: "2021-10-04",
      outcome: "upheld",
      toldOn: "2021-10-20",
      revision: 1,
    },
  }),
  sample("auditor", "POST /api/data-complaints/exports", ""),
  sample("partner", "GET /api/tallies/own", ""),
  sample("partner", "POST /api/tallies/own", "", { body: { ...november, value: 23 } }),
  sample("presenter", "GET /api/outcomes?from=2021-08-01&to=2021-11-26", "from to form"),
  sample("sergeant", "POST /api/outcomes/exports", "from to", { body: november }),
  sample(
    "analyst",
    "GET /api/monthly-figures?month=2021-10&form=shared",
    "month form from to resolution measure kinds events",
  ),
  sample("analyst", "GET /api/guarantee?month=2021-10", "month form"),
  sample("sergeant", "POST /api/guarantee/exports", "month form", {
    body: { month: "2021-10", form: "paper" },
  }),
  sample("sergeant", "POST /api/monthly-figures/exports", "month form", {
    body: { month: "2021-10", form: "csv" },
  }),
];
