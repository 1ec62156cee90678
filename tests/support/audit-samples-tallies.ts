import { type AuditSample, get } from "#tests/support/audit-sample.ts";

const november = { from: "2021-11-01", to: "2021-11-25" };

/** Typed totals, their lawful bases and what is shown of them, on the demonstration. */
export const tallySamples: readonly AuditSample[] = [
  { route: "GET /api/tallies", as: "analyst", call: get("/api/tallies"), says: "tallies" },
  {
    route: "POST /api/tallies",
    as: "analyst",
    call: (caller) =>
      caller.send("POST", "/api/tallies", {
        totals: [{ measure: "cautions", ...november, value: 11, takenFrom: "Custody return" }],
      }),
    says: "tallies",
  },
  {
    route: "PUT /api/tallies/:id",
    as: "analyst",
    call: (caller) =>
      caller.send("PUT", "/api/tallies/1", { revision: 1, value: 44, reason: "records_came_late" }),
    says: "tally",
  },
  {
    route: "GET /api/lawful-bases",
    as: "admin",
    call: get("/api/lawful-bases"),
    says: "",
  },
  {
    route: "POST /api/lawful-bases",
    as: "admin",
    call: (caller) =>
      caller.send("POST", "/api/lawful-bases", {
        breakdown: "drug_use",
        inForce: true,
        condition: "safeguarding",
        policy: "APD 2021/4",
      }),
    says: "breakdown inForce",
  },
  {
    route: "GET /api/tallies/own",
    as: "partner",
    call: get("/api/tallies/own"),
    says: "",
  },
  {
    route: "POST /api/tallies/own",
    as: "partner",
    call: (caller) => caller.send("POST", "/api/tallies/own", { ...november, value: 23 }),
    says: "",
  },
  {
    route: "GET /api/outcomes",
    as: "presenter",
    call: get("/api/outcomes?from=2021-08-01&to=2021-11-26"),
    says: "from to form",
  },
  {
    route: "POST /api/outcomes/exports",
    as: "sergeant",
    call: (caller) => caller.send("POST", "/api/outcomes/exports", { ...november, form: "csv" }),
    says: "from to form",
  },
  {
    route: "GET /api/monthly-return",
    as: "analyst",
    call: get("/api/monthly-return?month=2021-10&form=shared"),
    says: "month form from to resolution measure kinds events",
  },
  {
    route: "POST /api/monthly-return/exports",
    as: "sergeant",
    call: (caller) =>
      caller.send("POST", "/api/monthly-return/exports", { month: "2021-10", form: "csv" }),
    says: "month form",
  },
];
