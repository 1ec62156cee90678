import { z } from "zod";
import { londonDate } from "#core/text/london-date.ts";

/** GET /api/retention : how long events are kept, and what is announced to go. */
export const retentionReply = z.strictObject({
  eventYears: z.int(),
  /** Never in the demonstration. */
  isOn: z.boolean(),
  announced: z
    .strictObject({
      /** Events that had ended before this date go... */
      before: londonDate,
      /** ...not before this one. */
      dueOn: londonDate,
      count: z.int(),
    })
    .nullable(),
  /** The latest that was done. */
  done: z.strictObject({ before: londonDate, on: londonDate, count: z.int() }).nullable(),
});
export type RetentionReply = z.infer<typeof retentionReply>;
