import { cellAt, disk } from "#core/geo/cell.ts";
import type { AuditSample } from "#tests/support/audit-sample.ts";

const cells = disk(cellAt([-0.0631, 51.6179], 10), 1);

/** An operation by the name of a street, which may stand in no line. */
export const fieldsOfOperation = {
  name: "Fore Street in autumn",
  startsOn: "2021-10-01",
  endsOn: null,
  treated: { by: "named", name: "Edmonton", cells },
  control: null,
  phases: [{ name: "Edmonton first", startsOn: "2021-10-01", endsOn: "2021-10-31" }],
};

/** The demonstration's own is number 1. */
export const operationSamples: readonly AuditSample[] = [
  {
    route: "POST /api/operations",
    as: "sergeant",
    call: (caller) => caller.send("POST", "/api/operations", fieldsOfOperation),
    keep: (reply, state) => {
      state.operation = reply.json<{ id: number }>().id;
    },
    says: "operation revision cells outside phases",
  },
  {
    route: "PUT /api/operations/:id",
    as: "analyst",
    call: (caller, { operation }) =>
      caller.send("PUT", `/api/operations/${operation}`, { ...fieldsOfOperation, revision: 1 }),
    says: "operation revision cells outside phases",
  },
  {
    route: "POST /api/operations/:id/end",
    as: "sergeant",
    call: (caller, { operation }) =>
      caller.send("POST", `/api/operations/${operation}/end`, {
        endsOn: "2021-11-20",
        revision: 2,
      }),
    says: "operation revision cells outside phases",
  },
  {
    route: "GET /api/operations/:id/history",
    as: "analyst",
    call: (caller, { operation }) => caller.get(`/api/operations/${operation}/history`),
    says: "operation",
  },
  {
    route: "GET /api/operations/:id/report",
    as: "sergeant",
    call: (caller, { operation }) => caller.get(`/api/operations/${operation}/report`),
    says: "operation revision from to events",
  },
  {
    route: "DELETE /api/operations/:id",
    as: "sergeant",
    call: (caller, { operation }) =>
      caller.send("DELETE", `/api/operations/${operation}?revision=3`),
    says: "operation revision",
  },
  {
    route: "POST /api/operations/:id/reports",
    as: "analyst",
    call: (caller) =>
      caller.send("POST", "/api/operations/1/reports", { revision: 1, form: "csv" }),
    says: "operation revision form",
  },
];
