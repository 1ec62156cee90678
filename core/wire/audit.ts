import { z } from "zod";

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
