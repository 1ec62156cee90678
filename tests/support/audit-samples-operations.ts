import { cellAt, disk } from "#core/geo/cell.ts";
import { type AuditSample, sample } from "#tests/support/audit-sample.ts";

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
  sample("sergeant", "POST /api/operations", "operation revision cells outside phases", {
    body: fieldsOfOperation,
    keep: { operation: "id" },
  }),
  sample(
    "analyst",
    "PUT /api/operations/:id=operation",
    "operation revision cells outside phases",
    { body: { ...fieldsOfOperation, revision: 1 } },
  ),
  sample(
    "sergeant",
    "POST /api/operations/:id=operation/end",
    "operation revision cells outside phases",
    { body: { endsOn: "2021-11-20", revision: 2 } },
  ),
  sample("analyst", "GET /api/operations/:id=operation/history", "operation"),
  sample(
    "sergeant",
    "GET /api/operations/:id=operation/report",
    "operation revision from to events",
  ),
  sample("sergeant", "DELETE /api/operations/:id=operation?revision=3", "operation revision"),
  sample("analyst", "POST /api/operations/:id=1/stop-rule", "operation", {
    body: {
      choices: ["pause"],
      acts: "sergeant",
      withinDays: 14,
      reason: "It was not set in time.",
    },
    keep: (reply) => ({ rule: (reply.json() as { waiting: { id: number } }).waiting.id }),
  }),
  sample("sergeant", "POST /api/operations/:id=1/stop-rule/confirm", "operation", {
    body: ({ rule }) => ({ rule }),
  }),
  sample("sergeant", "POST /api/operations/:id=1/stop-rule/answer", "operation", {
    body: { neighbour: "Waltham Forest", asAgreed: true, words: null },
    keep: (reply) => {
      const { answers } = reply.json() as { answers: readonly { id: number }[] };
      return { answer: answers[0]?.id ?? 0 };
    },
  }),
  sample("analyst", "POST /api/operations/:id=1/stop-rule/answer/confirm", "operation", {
    body: ({ answer }) => ({ answer }),
  }),
  sample("analyst", "GET /api/operations/:id=1/stop-rule", "operation"),
  sample("analyst", "POST /api/operations/:id=1/reports", "operation revision form", {
    body: { revision: 1, form: "csv" },
  }),
];
