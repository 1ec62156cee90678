import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date } from "#core/contract/fields.ts";
import { methodNames } from "#core/patrols/wire/method-names.ts";

/** A method's mean PAI as so many times that of the best count of the same periods, with 95% of draws of the periods. */
export const ratioToCount = z.strictObject({
  ratio: z.number(),
  low: z.number(),
  high: z.number(),
});
export type RatioToCount = z.infer<typeof ratioToCount>;

const forecastRecordReply = z.strictObject({
  /** First and last day of the months; null where none of them had a report. */
  from: date.nullable(),
  to: date.nullable(),
  /** Months in which anything came. */
  months: z.int(),
  reports: z.int(),
  methods: z.array(
    z.strictObject({
      method: z.enum(methodNames),
      shares: z.array(
        z.strictObject({
          /** Of the area. */
          share: z.number(),
          /** Null in under 8 months. */
          toBestCount: ratioToCount.nullable(),
        }),
      ),
    }),
  ),
});
export type ForecastRecordReply = z.infer<typeof forecastRecordReply>;

/** How the forecast that Plan uses did on the months before, beside plain counts. */
export const forecastRecordCall = call("GET /api/forecast-record", { reply: forecastRecordReply });
