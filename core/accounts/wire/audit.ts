import { z } from "zod";
import { auditPurposes, auditVerbs } from "#core/audit.ts";
import { londonDate } from "#core/text/london-date.ts";

export const auditHash = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");
const rowNumber = z.string().regex(/^\d{1,18}$/, "a row number");

/** The last row of the chain: kept elsewhere, it shows later whether rows at the end are gone. */
export const auditHead = z.strictObject({
  id: rowNumber,
  /** UTC to the microsecond, as it was hashed. */
  at: z.string(),
  hash: auditHash,
});
export type AuditHead = z.infer<typeof auditHead>;

/** What is wrong with a row of the chain. */
export const auditFaults = ["hash", "gap", "order", "time", "end", "head"] as const;

export const auditVerdict = z.strictObject({
  ok: z.boolean(),
  rows: z.int(),
  head: auditHead.nullable(),
  /** The row of the head that was kept, where one was given and found. */
  keptRow: rowNumber.nullable(),
  /** The first row that is not as it was written. */
  broken: z
    .strictObject({ row: rowNumber, what: z.enum(auditFaults), sentence: z.string() })
    .nullable(),
  /** How many rows are wrong, the first among them. */
  brokenRows: z.int(),
  sentence: z.string(),
  seconds: z.number(),
});
export type AuditVerdict = z.infer<typeof auditVerdict>;
export type AuditBreak = NonNullable<AuditVerdict["broken"]>;

export const auditOutcomes = ["done", "refused"] as const;

/** Who did what, as an auditor reads it. */
export const auditRow = z.strictObject({
  id: rowNumber,
  at: z.iso.datetime({ offset: true }),
  person: z.string(),
  role: z.string(),
  /** The code of a partner's own organisation; null for everybody else. */
  partner: z.string().nullable(),
  verb: z.enum(auditVerbs),
  act: z.string(),
  purpose: z.enum(auditPurposes),
  outcome: z.enum(auditOutcomes),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditRow = z.infer<typeof auditRow>;

/** Newest first; `before` is the number to go on from. Own acts are numbered among themselves, from 1. */
export const ownActsQuery = z.strictObject({ before: rowNumber.optional() });

export const auditQuery = z.strictObject({
  before: rowNumber.optional(),
  /** London days, both included. */
  from: londonDate.optional(),
  to: londonDate.optional(),
  person: z.string().min(1).max(200).optional(),
  verb: z.enum(auditVerbs).optional(),
  purpose: z.enum(auditPurposes).optional(),
  outcome: z.enum(auditOutcomes).optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditPage = z.strictObject({
  rows: z.array(auditRow),
  /** Where older rows go on; null where there are none. */
  next: rowNumber.nullable(),
});
export type AuditPage = z.infer<typeof auditPage>;

/** Whose acts can be asked for: at most `mostAuditPersons`, by name. */
export const mostAuditPersons = 2_000;
export const auditPersonsReply = z.strictObject({ persons: z.array(z.string()) });

export const auditHeadReply = z.strictObject({
  head: auditHead.nullable(),
  /** When it was read, for whoever keeps it on paper. */
  readAt: z.iso.datetime({ offset: true }),
});

export const verifyQuery = z.strictObject({ head: auditHash.optional() });

/** One line of a verification as it goes on; the verdict or a problem is the last. */
export const verifyLine = z.union([
  z.strictObject({ progress: z.strictObject({ rows: z.int(), of: z.int() }) }),
  z.strictObject({ verdict: auditVerdict }),
  z.strictObject({ problem: z.strictObject({ title: z.string(), detail: z.string() }) }),
]);
export type VerifyLine = z.infer<typeof verifyLine>;

export const exportQuery = z.strictObject({ format: z.enum(["ndjson", "csv"]) });

/** What can be printed in the browser, by screen. */
export const printedScreens = [
  "hotspots",
  "plan",
  "displacement",
  "panel",
  "outcomes",
  "outreach",
  "records",
  "audit",
  "accounts",
  "briefing",
  "other",
] as const;
export type PrintedScreen = (typeof printedScreens)[number];
export const printBody = z.strictObject({ screen: z.enum(printedScreens) });
/** Lists that the page makes a file of by itself. */
export const exportedLists = ["hotspots"] as const;
export const listFormats = ["csv", "geojson", "png"] as const;
export type ListFormat = (typeof listFormats)[number];
export const exportBody = z.strictObject({
  list: z.enum(exportedLists),
  format: z.enum(listFormats),
  from: londonDate,
  to: londonDate,
  rows: z.int().min(0),
});
export type ExportBody = z.infer<typeof exportBody>;
export const printReply = z.strictObject({ noted: z.literal(true) });
