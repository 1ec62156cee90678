import { type AuditSample, get } from "#tests/support/audit-sample.ts";
import { accountSamples } from "#tests/support/audit-samples-accounts.ts";
import { alertSamples } from "#tests/support/audit-samples-alerts.ts";
import { boardSamples } from "#tests/support/audit-samples-board.ts";
import { exchangeSamples } from "#tests/support/audit-samples-exchange.ts";
import { operationSamples } from "#tests/support/audit-samples-operations.ts";
import { outreachSamples } from "#tests/support/audit-samples-outreach.ts";
import { meetingSamples, placePlanSamples } from "#tests/support/audit-samples-place-plans.ts";
import { releaseSamples } from "#tests/support/audit-samples-releases.ts";
import { tallySamples } from "#tests/support/audit-samples-tallies.ts";
import { gazetteerBody } from "#tests/support/gazetteer.ts";
import { plainTable } from "#tests/support/import.ts";
import { edmontonRing, featureFile } from "#tests/support/layers.ts";

const octets = { "content-type": "application/octet-stream" };

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
  {
    route: "GET /api/events",
    as: "analyst",
    call: get("/api/events"),
    says: "part from to events",
  },
  {
    route: "GET /api/hotspots",
    as: "sergeant",
    call: get("/api/hotspots?from=2021-10-01&to=2021-11-25"),
    says: "from to resolution measure kinds events",
  },
  { route: "GET /api/dose", as: "analyst", call: get("/api/dose"), says: "to rows" },
  {
    route: "GET /api/displacement",
    as: "analyst",
    call: get("/api/displacement?operation=boxster-2021"),
    says: "from to events",
  },
  {
    route: "GET /api/operations",
    as: "sergeant",
    call: get("/api/operations"),
    says: "operations",
  },
  ...operationSamples,
  ...tallySamples,
  ...placePlanSamples,
  ...meetingSamples,
  {
    route: "POST /api/imports",
    as: "analyst",
    call: (caller) =>
      caller.inject({
        method: "POST",
        url: "/api/imports?fileName=of-somebody.csv",
        headers: octets,
        payload: plainTable(["2021-06-05", "31/02/2021"]),
      }),
    keep: (reply, state) => {
      const last = reply.body.trim().split("\n").at(-1) ?? "";
      state.batch = (JSON.parse(last) as { result: { batch: number } }).result.batch;
    },
    says: "batch dryRun profile rows accepted rejected duplicates",
  },
  { route: "GET /api/imports", as: "analyst", call: get("/api/imports"), says: "batches" },
  {
    route: "POST /api/import-profiles",
    as: "analyst",
    call: (caller) =>
      caller.send("POST", "/api/import-profiles", { name: "Of somebody", reading: plainReading }),
    keep: (reply, state) => {
      state.profile = reply.json<{ id: number }>().id;
    },
    says: "profile",
  },
  {
    route: "POST /api/harm-weights",
    as: "analyst",
    call: (caller) =>
      caller.send("POST", "/api/harm-weights", {
        name: "Weights of a test",
        source: "Made for a test, 2024, found nowhere else",
        weights: [{ name: "complaint", weight: 2 }],
      }),
    says: "version",
  },
  {
    route: "PATCH /api/import-profiles/:id",
    as: "analyst",
    call: (caller, { profile }) =>
      caller.send("PATCH", `/api/import-profiles/${profile}`, { name: "Of somebody else" }),
    says: "profile",
  },
  {
    route: "DELETE /api/import-profiles/:id",
    as: "analyst",
    call: (caller, { profile }) => caller.send("DELETE", `/api/import-profiles/${profile}`),
    says: "profile",
  },
  {
    route: "POST /api/saved-views",
    as: "sergeant",
    call: (caller) =>
      caller.send("POST", "/api/saved-views", {
        name: "Of somebody",
        isShared: false,
        version: 1,
        filters: { last: "56", area: "Haringey" },
      }),
    keep: (reply, state) => {
      state.view = reply.json<{ id: number }>().id;
    },
    says: "view shared",
  },
  {
    route: "PATCH /api/saved-views/:id",
    as: "sergeant",
    call: (caller, { view }) =>
      caller.send("PATCH", `/api/saved-views/${view}`, { name: "Of somebody else" }),
    says: "view",
  },
  {
    route: "DELETE /api/saved-views/:id",
    as: "sergeant",
    call: (caller, { view }) => caller.send("DELETE", `/api/saved-views/${view}`),
    says: "view",
  },
  {
    route: "GET /api/incidents",
    as: "analyst",
    call: get("/api/incidents"),
    says: "offered merged",
  },
  {
    route: "POST /api/incidents",
    as: "analyst",
    call: (caller) =>
      caller.send("POST", "/api/incidents", { decision: "merge", incidents: "all" }),
    says: "decision incidents events",
  },
  {
    route: "DELETE /api/imports/:id",
    as: "analyst",
    call: (caller, { batch }) => caller.send("DELETE", `/api/imports/${batch}`),
    says: "batch events",
  },
  { route: "GET /api/quality", as: "sergeant", call: get("/api/quality"), says: "to groups" },
  {
    route: "POST /api/boundaries",
    as: "analyst",
    call: (caller) =>
      caller.inject({
        method: "POST",
        url: "/api/boundaries?kind=beat&fileName=of-somebody.geojson",
        headers: octets,
        payload: featureFile({ type: "Polygon", coordinates: [edmontonRing] }),
      }),
    says: "kind dryRun areas events",
  },
  {
    route: "DELETE /api/boundaries/:kind",
    as: "analyst",
    call: (caller) => caller.send("DELETE", "/api/boundaries/beat"),
    says: "kind areas events",
  },
  {
    route: "POST /api/layers",
    as: "analyst",
    call: (caller) =>
      caller.inject({
        method: "POST",
        url: "/api/layers?kind=stop&fileName=of-somebody.geojson&licence=of%20somebody",
        headers: octets,
        payload: featureFile({ type: "Point", coordinates: [-0.0634, 51.6255] }),
      }),
    keep: (reply, state) => {
      state.layer = reply.json<{ layer: number }>().layer;
    },
    says: "kind dryRun features layer",
  },
  {
    route: "DELETE /api/layers/:id",
    as: "analyst",
    call: (caller, { layer }) => caller.send("DELETE", `/api/layers/${layer}`),
    says: "kind features layer",
  },
  {
    route: "POST /api/gazetteers",
    as: "analyst",
    call: (caller) => caller.send("POST", "/api/gazetteers", gazetteerBody("of-somebody.csv")),
    keep: (reply, state) => {
      state.batch = reply.json<{ gazetteer: number }>().gazetteer;
    },
    says: "gazetteer format rows kept",
  },
  {
    route: "DELETE /api/gazetteers/:id",
    as: "analyst",
    call: (caller, { batch }) => caller.send("DELETE", `/api/gazetteers/${batch}`),
    says: "gazetteer",
  },
  {
    route: "GET /api/keep-clear",
    as: "sergeant",
    call: get("/api/keep-clear"),
    says: "from to stretches",
  },
  {
    route: "PUT /api/staffing",
    as: "sergeant",
    call: (caller) =>
      caller.send("PUT", "/api/staffing?from=2021-12-20&days=7", {
        duties: [{ date: "2021-12-20", unit: 1, hours: "14:00-22:00", mode: "foot" }],
        tasks: [],
        interviews: [],
        coreHours: "20:00-02:00",
      }),
    says: "from days duties",
  },
  {
    route: "GET /api/staffing",
    as: "sergeant",
    call: get("/api/staffing?from=2021-12-20&days=7"),
    says: "from days duties",
  },
  {
    route: "POST /api/staffing/carry",
    as: "sergeant",
    call: (caller) => caller.send("POST", "/api/staffing/carry", { from: "2021-12-20", days: 7 }),
    says: "from days duties",
  },
  {
    route: "POST /api/staffing/control-days",
    as: "sergeant",
    call: (caller) =>
      caller.send("POST", "/api/staffing/control-days", { week: "2021-12-20", daysPerPlace: 1 }),
    says: "week daysPerPlace",
  },
  {
    route: "GET /api/staffing/control-days",
    as: "analyst",
    call: get("/api/staffing/control-days?from=2021-11-15&days=7"),
    says: "from days rows",
  },
  {
    route: "GET /api/plans/beside",
    as: "sergeant",
    call: get("/api/plans/beside"),
    says: "to events",
  },
  {
    route: "POST /api/plans/suggest",
    as: "sergeant",
    call: (caller) =>
      caller.send("POST", "/api/plans/suggest", { from: "2021-11-29", days: 2, units: 2, seed: 1 }),
    keep: (reply, state) => {
      const last = reply.body.trim().split("\n").at(-1) ?? "";
      const { plan } = JSON.parse(last) as { plan: { id: string; windows: { id: string }[] } };
      state.plan = plan.id;
      state.window = plan.windows.at(-1)?.id ?? "";
    },
    says: "from days units seed asAt events",
  },
  {
    route: "GET /api/plans",
    as: "auditor",
    call: get("/api/plans?from=2021-11-29&days=7"),
    says: "from days plans",
  },
  {
    route: "PATCH /api/plans/:planId/windows/:windowId",
    as: "sergeant",
    call: (caller, { plan, window }) =>
      caller.send("PATCH", `/api/plans/${plan}/windows/${window}`, {}),
    says: "plan window",
  },
  ...boardSamples,
  ...alertSamples,
  {
    route: "POST /api/plans/:planId/agree",
    as: "sergeant",
    call: (caller, { plan }) => caller.send("POST", `/api/plans/${plan}/agree`, {}),
    says: "plan windows",
  },
  {
    route: "GET /api/plans/:planId/briefing",
    as: "sergeant",
    call: (caller, { plan }) => caller.get(`/api/plans/${plan}/briefing`),
    keep: (reply, state) => {
      state.number = reply.json<{ number: string }>().number;
    },
    says: "plan windows revision",
  },
  {
    route: "GET /api/plans/:planId/calendar.ics",
    as: "sergeant",
    call: (caller, { plan }) => caller.get(`/api/plans/${plan}/calendar.ics`),
    says: "plan windows revision",
  },
  {
    route: "GET /api/plans/:planId/plan.csv",
    as: "sergeant",
    call: (caller, { plan }) => caller.get(`/api/plans/${plan}/plan.csv`),
    says: "plan windows revision",
  },
  {
    route: "GET /api/plans/numbers/:number",
    as: "sergeant",
    call: (caller, { number }) => caller.get(`/api/plans/numbers/${number}`),
    says: "number stands",
  },
  {
    route: "POST /api/plans/:planId/take-back",
    as: "sergeant",
    call: (caller, { plan, window }) =>
      caller.send("POST", `/api/plans/${plan}/take-back`, { windowIds: [window] }),
    says: "plan windows",
  },
  {
    route: "POST /api/plans/:planId/withdraw",
    as: "sergeant",
    call: (caller, { plan, window }) =>
      caller.send("POST", `/api/plans/${plan}/withdraw`, { windowIds: [window] }),
    says: "plan windows",
  },
  {
    route: "POST /api/plans/:planId/restore",
    as: "sergeant",
    call: (caller, { plan, window }) =>
      caller.send("POST", `/api/plans/${plan}/restore`, { windowIds: [window] }),
    says: "plan windows",
  },
  ...exchangeSamples,
  ...releaseSamples,
  ...outreachSamples,
  ...accountSamples,
  {
    route: "GET /api/audit",
    as: "auditor",
    call: get("/api/audit?verb=disclosure&person=demonstration%20sergeant&from=2021-01-01"),
    says: "from byPerson verb rows",
  },
  { route: "GET /api/audit/own", as: "admin", call: get("/api/audit/own"), says: "rows" },
  { route: "GET /api/audit/head", as: "auditor", call: get("/api/audit/head"), says: "" },
  { route: "GET /api/audit/verify", as: "auditor", call: get("/api/audit/verify"), says: "" },
  {
    route: "GET /api/audit/export",
    as: "auditor",
    call: get("/api/audit/export?format=ndjson"),
    says: "format",
  },
  {
    route: "POST /api/audit/prints",
    as: "liaison",
    call: (caller) => caller.send("POST", "/api/audit/prints", { screen: "panel" }),
    says: "screen",
    purpose: "public_information",
  },
  {
    route: "POST /api/audit/exports",
    as: "analyst",
    call: (caller) =>
      caller.send("POST", "/api/audit/exports", {
        list: "hotspots",
        format: "csv",
        from: "2021-10-01",
        to: "2021-11-26",
        rows: 40,
      }),
    says: "list format from to rows",
  },
];
