import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date } from "#core/contract/fields.ts";
import { qualityReply } from "#core/records/wire/quality.ts";

/** GET /api/retention : how long events are kept, and announced removals. */
const retentionReply = z.strictObject({
  eventYears: z.int(),
  /** Never in the demonstration. */
  isOn: z.boolean(),
  announced: z
    .strictObject({
      /** Events that had ended before this date go... */
      before: date,
      /** ...not before this one. */
      dueOn: date,
      count: z.int(),
    })
    .nullable(),
  done: z.strictObject({ before: date, on: date, count: z.int() }).nullable(),
});

export const recordCalls = {
  events: call("GET /api/events", {
    query: z.strictObject({ part: z.enum(["recent", "older"]).default("recent") }),
  }),
  quality: call("GET /api/quality", { reply: qualityReply }),
  retention: call("GET /api/retention", { reply: retentionReply }),
};
