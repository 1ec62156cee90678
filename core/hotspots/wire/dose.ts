import { z } from "zod";

/**
 * GET /api/dose : logged patrol minutes by cell and London day, as columns. Never finer than a day:
 * the hours without police would reveal protected time.
 */
export const doseReply = z.strictObject({
  /** Distinct resolution-10 cells. */
  cells: z.array(z.string()),
  /** Index into `cells`. */
  cell: z.array(z.int()),
  /** Days since 1 January 1970. */
  day: z.array(z.int()),
  /** Of all units together. */
  minutes: z.array(z.number()),
});
export type DoseReply = z.infer<typeof doseReply>;
