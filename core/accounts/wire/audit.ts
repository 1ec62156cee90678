import { z } from "zod";
import { auditPurposes, auditVerbs } from "#core/audit.ts";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";

export const auditHash = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");
const rowNumber = z.string().regex(/^\d{1,18}$/, "a row number");

/** Last row of the chain: a copy kept elsewhere reveals whether rows at the end are gone. */
export const auditHead = z.strictObject({
  id: rowNumber,
  /** UTC to the microsecond, as it was hashed. */
  at: z.string(),
  hash: auditHash,
});
export type AuditHead = z.infer<typeof auditHead>;

export const auditVerdict = z.strictObject({
  ok: z.boolean(),
  rows: z.int(),
  head: auditHead.nullable(),
  /** Row of the kept head; null where none was given or found. */
  keptRow: rowNumber.nullable(),
  broken: z
    .strictObject({
      row: rowNumber,
      what: z.enum(["hash", "gap", "order", "time", "end", "head"]),
      sentence: z.string(),
    })
    .nullable(),
  brokenRows: z.int(),
  sentence: z.string(),
  seconds: z.number(),
});
export type AuditVerdict = z.infer<typeof auditVerdict>;
export type AuditBreak = NonNullable<AuditVerdict["broken"]>;

const outcome = z.enum(["done", "refused"]);

export const auditRow = z.strictObject({
  id: rowNumber,
  at: instant,
  person: z.string(),
  role: z.string(),
  /** Code of a partner's own organisation; null for all other roles. */
  partner: z.string().nullable(),
  verb: z.enum(auditVerbs),
  act: z.string(),
  purpose: z.enum(auditPurposes),
  outcome,
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditRow = z.infer<typeof auditRow>;

/** Newest first; `before` is the number to go on from. */
export const auditQuery = z.strictObject({
  before: rowNumber.optional(),
  /** London days, both included. */
  from: date.optional(),
  to: date.optional(),
  person: z.string().min(1).max(200).optional(),
  verb: z.enum(auditVerbs).optional(),
  purpose: z.enum(auditPurposes).optional(),
  outcome: outcome.optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditPage = z.strictObject({
  rows: z.array(auditRow),
  /** Cursor to older rows; null where there are none. */
  next: rowNumber.nullable(),
});
export type AuditPage = z.infer<typeof auditPage>;

/** Most persons to filter by, in order of name. */
export const mostAuditPersons = 2_000;

const auditHeadReply = z.strictObject({
  head: auditHead.nullable(),
  readAt: instant,
});

export const exportFormats = ["ndjson", "csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const verifyLine = z.union([
  z.strictObject({ progress: z.strictObject({ rows: z.int(), of: z.int() }) }),
  z.strictObject({ verdict: auditVerdict }),
  z.strictObject({ problem: z.strictObject({ title: z.string(), detail: z.string() }) }),
]);
export type VerifyLine = z.infer<typeof verifyLine>;

export const auditCalls = {
  list: call("GET /api/audit", { query: auditQuery, reply: auditPage }),
  /** The caller's acts, from 1. */
  own: call("GET /api/audit/own", { query: auditQuery.pick({ before: true }), reply: auditPage }),
  persons: call("GET /api/audit/persons", {
    reply: z.strictObject({ persons: z.array(z.string()) }),
  }),
  head: call("GET /api/audit/head", { reply: auditHeadReply }),
  verify: call("GET /api/audit/verify", { query: z.strictObject({ head: auditHash.optional() }) }),
  export: call("GET /api/audit/export", {
    query: z.strictObject({ format: z.enum(exportFormats) }),
  }),
};
