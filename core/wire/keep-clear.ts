import { z } from "zod";

/**
 * GET /api/keep-clear?from=&to= : protected time as police may see it, today to 14 days ahead.
 * Overlapping sessions are merged into one shape per stretch of time, without a count.
 */
export const keepClearReply = z.strictObject({
  until: z.iso.datetime({ offset: true }),
  stretches: z.array(
    z.strictObject({
      from: z.iso.datetime({ offset: true }),
      to: z.iso.datetime({ offset: true }),
      /** Resolution-10 cells closed during the whole stretch. */
      cells: z.array(z.string()),
    }),
  ),
});
export type KeepClearReply = z.infer<typeof keepClearReply>;
