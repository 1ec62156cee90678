import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { eventCell } from "#core/contract/event-cell.ts";
import { date, instant, revision } from "#core/contract/fields.ts";
import { areaWays } from "#core/displacement/operation-area.ts";
import { displacementReply } from "#core/displacement/wire/displacement.ts";
import { stopReply } from "#core/displacement/wire/stop-rule.ts";
import { isPublicName } from "#core/places/gazetteer/names.ts";

const mostCells = 20_000;
const mostPhasesSent = 40;

const areaName = z
  .string()
  .min(1)
  .max(120)
  .refine(isPublicName, "the name of an area or a street")
  .nullable();

/** An area as given, with its cells; those beyond the command are cut off and counted. */
const areaBody = z.strictObject({
  by: z.enum(areaWays),
  name: areaName,
  cells: z.array(eventCell).max(mostCells),
});

const phase = z.strictObject({
  name: z.string().max(200),
  startsOn: date,
  /** Null: until the next phase, or as long as the operation. */
  endsOn: date.nullable(),
});

export const operationBody = z.strictObject({
  name: z.string().max(200),
  startsOn: date,
  /** Null while it goes on. */
  endsOn: date.nullable(),
  treated: areaBody,
  /** Null: the rest of the command. */
  control: areaBody.nullable(),
  phases: z.array(phase.extend({ endsOn: phase.shape.endsOn.default(null) })).max(mostPhasesSent),
});
export type OperationBody = z.infer<typeof operationBody>;

/** Title of the refusal where someone else saved first; the page matches it. */
export const changedMeanwhileTitle = "Someone else saved first";

export const operationKept = z.strictObject({
  id: z.int(),
  name: z.string(),
  revision,
  notes: z.array(z.string()).readonly(),
});
export type OperationKept = z.infer<typeof operationKept>;

const cells = z.array(z.string()).readonly();
const areaSaid = z.strictObject({ by: z.enum(areaWays), name: z.string().nullable() });

export const operationReply = z.strictObject({
  id: z.int(),
  name: z.string(),
  startsOn: date,
  endsOn: date.nullable(),
  /** Treated cells at resolution 10. */
  cells,
  /** Cells chosen by hand to compare with; null: the rest of the command. */
  control: cells.nullable(),
  phases: z.array(phase).readonly(),
  revision,
  treatedArea: areaSaid,
  controlArea: areaSaid.nullable(),
  changedAt: instant,
  changedBy: z.string(),
  /** By as-at: what has not started cannot be assessed. */
  hasStarted: z.boolean(),
});
export type OperationReply = z.infer<typeof operationReply>;

/** GET /api/operations : all, future ones included, latest start first. */
export const operationsReply = z.strictObject({
  operations: z.array(operationReply),
  /** Names in current releases; any other waits for the next, which a second person approves. */
  released: z.array(z.string()),
});
export type OperationsReply = z.infer<typeof operationsReply>;

export const operationRevision = z.strictObject({
  revision,
  act: z.enum(["added", "changed", "ended"]),
  at: instant,
  by: z.string(),
  /** Each a short clause: "last day: goes on, now 31 Oct 2021". */
  changes: z.array(z.string()).readonly(),
  /** Reports of this revision that were printed or exported. */
  reports: z.int(),
});

/** GET /api/operations/:id/history : newest first. */
export const operationHistoryReply = z.strictObject({ revisions: z.array(operationRevision) });
export type OperationHistoryReply = z.infer<typeof operationHistoryReply>;

export const operationReportReply = z.strictObject({
  operation: operationReply,
  asAt: date,
  assessment: displacementReply,
  /** One total, or why there is none (SAFEGUARDS 6). */
  dose: z.strictObject({ hours: z.int().nullable(), sentence: z.string() }),
  caveats: z.array(z.string()).readonly(),
  stopRule: stopReply,
});
export type OperationReportReply = z.infer<typeof operationReportReply>;

/** POST /api/operations/:id/reports : it is leaving, on paper or as a file. */
const issueReportBody = z.strictObject({ revision, form: z.enum(["paper", "csv"]) });
export type IssueReportBody = z.infer<typeof issueReportBody>;

export const operationCalls = {
  list: call("GET /api/operations", { reply: operationsReply }),
  add: call("POST /api/operations", { body: operationBody, reply: operationKept }),
  change: call("PUT /api/operations/:id", {
    body: operationBody.extend({ revision }),
    reply: operationKept,
  }),
  end: call("POST /api/operations/:id/end", {
    body: z.strictObject({ endsOn: date, revision }),
    reply: operationKept,
  }),
  remove: call("DELETE /api/operations/:id", {
    query: z.strictObject({ revision: z.coerce.number().int().min(1) }),
    reply: z.strictObject({ id: z.int() }),
  }),
  history: call("GET /api/operations/:id/history", { reply: operationHistoryReply }),
  report: call("GET /api/operations/:id/report", { reply: operationReportReply }),
  issue: call("POST /api/operations/:id/reports", {
    body: issueReportBody,
    reply: z.strictObject({ report: z.int() }),
  }),
};
