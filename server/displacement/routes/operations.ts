import { z } from "zod";
import {
  issuedReport,
  issueReportBody,
  operationReportReply,
} from "#core/displacement/wire/operation-report.ts";
import * as wire from "#core/displacement/wire/operations.ts";
import {
  addOperation,
  changeWholeOperation,
  endOperation,
  listOperations,
  removeOperation,
} from "#server/displacement/operations/operations.ts";
import {
  historyReplyOf,
  noSuchOperation,
  operationReplyOf,
} from "#server/displacement/operations/replies.ts";
import { issueReport, readReport } from "#server/displacement/operations/report.ts";
import { loadRevisions } from "#server/displacement/queries/operation-history.ts";
import { loadAllOperations } from "#server/displacement/queries/operations.ts";
import { defineRoute, type Route } from "#server/http/route.ts";

/** An area of the whole command is some 8,000 cells. */
const largestOperation = 1024 * 1024;

const list = defineRoute("GET /api/operations", {
  summary: "All operations with cells and phases, including future ones",
  audience: ["sergeant", "analyst"],
  audit: { verb: "consultation", act: "list operations", purpose: "assessment" },
  replySchema: wire.operationsReply,
  handle: async (context): Promise<wire.OperationsReply> => {
    const { stored, released } = await listOperations(context, context.actor);
    return {
      operations: stored.map((operation) => operationReplyOf(context, operation)),
      released,
    };
  },
});

const add = defineRoute("POST /api/operations", {
  summary: "Add an operation: treated cells, days, phases, comparison area",
  audience: ["sergeant", "analyst"],
  audit: { verb: "collection", act: "add an operation", purpose: "assessment" },
  body: wire.operationBody,
  bodyLimit: largestOperation,
  replySchema: wire.operationKept,
  handle: (context, { body }) => addOperation(context, context.actor, body),
});

const change = defineRoute("PUT /api/operations/:id", {
  summary: "Change an operation, unless someone else has changed it since it was read",
  audience: ["sergeant", "analyst"],
  audit: { verb: "alteration", act: "change an operation", purpose: "assessment" },
  params: wire.operationParams,
  body: wire.changeOperationBody,
  bodyLimit: largestOperation,
  replySchema: wire.operationKept,
  handle: (context, { params, body: { revision, ...body } }) =>
    changeWholeOperation(context, context.actor, { read: { id: params.id, revision }, body }),
});

const end = defineRoute("POST /api/operations/:id/end", {
  summary: "Give an operation its last day",
  audience: ["sergeant", "analyst"],
  audit: { verb: "alteration", act: "end an operation", purpose: "assessment" },
  params: wire.operationParams,
  body: wire.endOperationBody,
  replySchema: wire.operationKept,
  handle: (context, { params, body: { revision, endsOn } }) =>
    endOperation(context, context.actor, { read: { id: params.id, revision }, endsOn }),
});

const remove = defineRoute("DELETE /api/operations/:id", {
  summary: "Delete an operation that has no report and no decided alerts",
  audience: ["sergeant", "analyst"],
  audit: { verb: "erasure", act: "delete an operation", purpose: "assessment" },
  params: wire.operationParams,
  query: z.strictObject({ revision: z.coerce.number().int().min(1) }),
  replySchema: wire.operationRemoved,
  handle: (context, { params, query }) =>
    removeOperation(context, context.actor, { id: params.id, revision: query.revision }),
});

const history = defineRoute("GET /api/operations/:id/history", {
  summary: "Every revision of an operation: who changed what, and when",
  audience: ["sergeant", "analyst"],
  audit: { verb: "consultation", act: "read an operation's history", purpose: "assessment" },
  params: wire.operationParams,
  replySchema: wire.operationHistoryReply,
  handle: async (context, { params }) => {
    const rows = await context.db.transaction(context.actor, async (tx) => {
      context.addDetail({ operation: params.id });
      const found = await loadRevisions(tx, params.id);
      if (found.length === 0) throw noSuchOperation(await loadAllOperations(tx));
      return found;
    });
    return historyReplyOf(context, rows);
  },
});

const report = defineRoute("GET /api/operations/:id/report", {
  summary: "The assessment report of an operation",
  audience: ["sergeant", "analyst"],
  audit: { verb: "consultation", act: "read an assessment report", purpose: "assessment" },
  params: wire.operationParams,
  replySchema: operationReportReply,
  handle: (context, { params }) => readReport(context, context.actor, params.id),
});

const issue = defineRoute("POST /api/operations/:id/reports", {
  summary: "Log that an assessment report is being printed or downloaded; called before it is",
  audience: ["sergeant", "analyst"],
  audit: { verb: "disclosure", act: "download an assessment report", purpose: "assessment" },
  params: wire.operationParams,
  body: issueReportBody,
  replySchema: issuedReport,
  handle: (context, { params, body }) =>
    issueReport(context, context.actor, { id: params.id, ...body }),
});

export const operationRoutes: readonly Route[] = [
  list,
  add,
  change,
  end,
  remove,
  history,
  report,
  issue,
];
