import { z } from "zod";

/** GET /api/clock : what is wrong with the machine, in words; null where nothing is. */
export const clockReply = z.strictObject({
  clock: z.string().nullable(),
  canSay: z.boolean(),
  disk: z.string().nullable(),
});
export type ClockReply = z.infer<typeof clockReply>;
