import { z } from "zod";

/** GET /api/clock : what is wrong with the machine, in words for whoever asks; null where nothing is. */
export const clockReply = z.strictObject({
  clock: z.string().nullable(),
  /** Whether this person may say that the clock is right. */
  canSay: z.boolean(),
  disk: z.string().nullable(),
});
export type ClockReply = z.infer<typeof clockReply>;
