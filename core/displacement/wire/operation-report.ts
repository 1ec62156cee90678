import { z } from "zod";
import { displacementReply } from "#core/displacement/wire/displacement.ts";
import { operationReply } from "#core/displacement/wire/operations.ts";
import { londonDate } from "#core/text/london-date.ts";

/** GET /api/operations/:id/report : what an assessment report of one operation says, but for its looks. */
export const operationReportReply = z.strictObject({
  operation: operationReply,
  asAt: londonDate,
  assessment: displacementReply,
  /** One total, or none with why (SAFEGUARDS 6). */
  dose: z.strictObject({ hours: z.int().nullable(), sentence: z.string() }),
  /** What of the records weighs on the comparison. */
  caveats: z.array(z.string()).readonly(),
});
export type OperationReportReply = z.infer<typeof operationReportReply>;

/** POST /api/operations/:id/reports : it is leaving, on paper or as a file. */
export const issueReportBody = z.strictObject({
  revision: z.int().min(1),
  form: z.enum(["paper", "csv"]),
});
export type IssueReportBody = z.infer<typeof issueReportBody>;

export const issuedReport = z.strictObject({ report: z.int() });
