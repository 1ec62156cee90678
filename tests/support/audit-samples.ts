import { type AuditSample, sample } from "#tests/support/audit-sample.ts";
import { accountSamples } from "#tests/support/audit-samples-accounts.ts";
import { alertSamples } from "#tests/support/audit-samples-alerts.ts";
import { boardSamples } from "#tests/support/audit-samples-board.ts";
import { exchangeSamples } from "#tests/support/audit-samples-exchange.ts";
import { operationSamples } from "#tests/support/audit-samples-operations.ts";
import { outreachSamples } from "#tests/support/audit-samples-outreach.ts";
import { meetingSamples, placePlanSamples } from "#tests/support/audit-samples-place-plans.ts";
import { releaseSamples } from "#tests/support/audit-samples-releases.ts";
import { tallySamples } from "#tests/support/audit-samples-tallies.ts";
import { wardenSamples } from "#tests/support/audit-samples-wardens.ts";
import { gazetteerBody } from "#tests/support/gazetteer.ts";
import { plainTable } from "#tests/support/import.ts";
import { edmontonRing, featureFile } from "#tests/support/layers.ts";

const plainReading = {
  profile: "plain",
  map: { date: "Date" },
  headings: ["Date", "Latitude", "Longitude"],
  kind: null,
  source: null,
  dates: null,
  words: { kind: {}, category: {}, source: {} },
  midnight: "as-written",
};

/** Every route with a line, in an order in which each call finds what it needs, on the demonstration. */
export const auditSamples: readonly AuditSample[] = [
  sample("analyst", "GET /api/events", "part from to events"),
  sample(
    "sergeant",
    "GET /api/hotspots?from=2021-10-01&to=2021-11-25",
    "from to resolution measure kinds events",
  ),
  sample("analyst", "GET /api/dose", "to rows"),
  sample("analyst", "GET /api/displacement?operation=boxster-2021", "from to events"),
  sample("sergeant", "GET /api/operations", "operations"),
  ...operationSamples,
  ...tallySamples,
  ...wardenSamples,
  ...placePlanSamples,
  ...meetingSamples,
  sample(
    "analyst",
    "POST /api/imports?fileName=of-somebody.csv",
    "batch dryRun profile rows accepted rejected duplicates",
    {
      octets: plainTable(["2021-06-05", "31/02/2021"]),
      keep: (reply) => {
        const last = reply.body.trim().split("\n").at(-1) ?? "";
        return { batch: (JSON.parse(last) as { result: { batch: number } }).result.batch };
      },
    },
  ),
  sample("analyst", "GET /api/imports", "batches"),
  sample("analyst", "POST /api/import-profiles", "profile", {
    body: { name: "Of somebody", reading: plainReading },
    keep: { profile: "id" },
  }),
  sample("analyst", "POST /api/harm-weights", "version", {
    body: {
      name: "Weights of a test",
      source: "Made for a test, 2024, found nowhere else",
      weights: [{ name: "complaint", weight: 2 }],
    },
  }),
  sample("analyst", "DELETE /api/import-profiles/:id=profile", "profile"),
  sample("sergeant", "POST /api/saved-views", "view shared", {
    body: {
      name: "Of somebody",
      isShared: false,
      version: 1,
      filters: { last: "56", area: "Haringey" },
    },
    keep: { view: "id" },
  }),
  sample("sergeant", "PATCH /api/saved-views/:id=view", "view", {
    body: { name: "Of somebody else" },
  }),
  sample("sergeant", "DELETE /api/saved-views/:id=view", "view"),
  sample("analyst", "DELETE /api/imports/:id=batch", "batch events"),
  sample("sergeant", "GET /api/quality", "to groups"),
  sample(
    "analyst",
    "POST /api/boundaries?kind=beat&fileName=of-somebody.geojson",
    "kind dryRun areas events",
    { octets: featureFile({ type: "Polygon", coordinates: [edmontonRing] }) },
  ),
  sample("analyst", "DELETE /api/boundaries/:kind=beat", "kind areas events"),
  sample(
    "analyst",
    "POST /api/layers?kind=stop&fileName=of-somebody.geojson&licence=of%20somebody",
    "kind dryRun features layer",
    {
      octets: featureFile({ type: "Point", coordinates: [-0.0634, 51.6255] }),
      keep: { layer: "layer" },
    },
  ),
  sample("analyst", "DELETE /api/layers/:id=layer", "kind features layer"),
  sample("analyst", "POST /api/gazetteers", "gazetteer format rows kept", {
    body: gazetteerBody("of-somebody.csv"),
    keep: { batch: "gazetteer" },
  }),
  sample("analyst", "DELETE /api/gazetteers/:id=batch", "gazetteer"),
  sample("sergeant", "GET /api/keep-clear", "from to stretches"),
  sample("sergeant", "PUT /api/staffing?from=2021-12-20&days=7", "from days duties", {
    body: {
      duties: [{ date: "2021-12-20", unit: 1, hours: "14:00-22:00", mode: "foot" }],
      tasks: [],
      interviews: [],
      coreHours: "20:00-02:00",
    },
  }),
  sample("sergeant", "GET /api/staffing?from=2021-12-20&days=7", "from days duties"),
  sample("sergeant", "POST /api/staffing/carry", "from days duties", {
    body: { from: "2021-12-20", days: 7 },
  }),
  sample("sergeant", "GET /api/plans/beside", "to events"),
  sample("sergeant", "POST /api/plans/suggest", "from days units seed asAt events", {
    body: { from: "2021-11-29", days: 2, units: 2, seed: 1 },
    keep: (reply) => {
      const last = reply.body.trim().split("\n").at(-1) ?? "";
      const { plan } = JSON.parse(last) as { plan: { id: string; windows: { id: string }[] } };
      return { plan: plan.id, window: plan.windows.at(-1)?.id ?? "" };
    },
  }),
  sample("auditor", "GET /api/plans?from=2021-11-29&days=7", "from days plans"),
  sample("sergeant", "PATCH /api/plans/:planId=plan/windows/:windowId=window", "plan window", {
    body: {},
  }),
  ...boardSamples,
  ...alertSamples,
  sample("sergeant", "POST /api/plans/:planId=plan/agree", "plan windows", { body: {} }),
  sample("sergeant", "GET /api/plans/:planId=plan/briefing", "plan windows revision", {
    keep: { number: "number" },
  }),
  sample("sergeant", "GET /api/plans/:planId=plan/calendar.ics", "plan windows revision"),
  sample("sergeant", "GET /api/plans/:planId=plan/plan.csv", "plan windows revision"),
  sample("sergeant", "GET /api/plans/numbers/:number=number", "number stands"),
  sample("sergeant", "POST /api/plans/:planId=plan/take-back", "plan windows", {
    body: ({ window }) => ({ windowIds: [window] }),
  }),
  sample("sergeant", "POST /api/plans/:planId=plan/withdraw", "plan windows", {
    body: ({ window }) => ({ windowIds: [window] }),
  }),
  sample("sergeant", "POST /api/plans/:planId=plan/restore", "plan windows", {
    body: ({ window }) => ({ windowIds: [window] }),
  }),
  ...exchangeSamples,
  ...releaseSamples,
  ...outreachSamples,
  ...accountSamples,
  sample(
    "auditor",
    "GET /api/audit?verb=disclosure&person=demonstration%20sergeant&from=2021-01-01",
    "from byPerson verb rows",
  ),
  sample("admin", "GET /api/audit/own", "rows"),
  sample("auditor", "GET /api/audit/head", ""),
  sample("auditor", "GET /api/audit/verify", ""),
  sample("auditor", "GET /api/audit/export?format=ndjson", "format"),
  sample("liaison", "POST /api/audit/prints", "screen", {
    body: { screen: "panel" },
    purpose: "public_information",
  }),
  sample("presenter", "POST /api/audit/pictures", "screen", {
    body: { screen: "outcomes" },
    purpose: "assessment",
  }),
  sample("analyst", "POST /api/audit/exports", "list format from to rows", {
    body: { list: "hotspots", format: "csv", from: "2021-10-01", to: "2021-11-26", rows: 40 },
  }),
];
