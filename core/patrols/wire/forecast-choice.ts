import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date } from "#core/contract/fields.ts";
import { type ChosenForecast, forecastChoices } from "#core/patrols/forecast/choice.ts";

const choice = z.enum(forecastChoices);

const forecastChoiceBody = z.strictObject({
  choice,
  /** What was in use when it was picked: where another one is by now, somebody chose meanwhile. */
  instead: choice,
});
export type ForecastChoiceBody = z.infer<typeof forecastChoiceBody>;

/** What stands in a plan. */
export const chosenForecast = z.strictObject({
  choice,
  chosenOn: date,
}) satisfies z.ZodType<ChosenForecast>;

export const forecastChoiceReply = z.strictObject({
  /** Null until somebody has chosen: then it is the average of methods. */
  chosen: chosenForecast.extend({ chosenBy: z.string() }).nullable(),
});
export type ForecastChoiceReply = z.infer<typeof forecastChoiceReply>;

/** A method's mean PAI as so many times that of the best count of the same periods, with 95% of draws of the periods. */
export const ratioToCount = z.strictObject({
  ratio: z.number(),
  low: z.number(),
  high: z.number(),
});
export type RatioToCount = z.infer<typeof ratioToCount>;

export const forecastRecordReply = z.strictObject({
  /** First and last day of the months; null where none of them had a report. */
  from: date.nullable(),
  to: date.nullable(),
  /** Months in which anything came. */
  months: z.int(),
  reports: z.int(),
  choices: z.array(
    z.strictObject({
      choice,
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

export const forecastCalls = {
  chosen: call("GET /api/forecast-choice", { reply: forecastChoiceReply }),
  /** Which forecast Plan uses from now on. Plans that are made stay as they are. */
  choose: call("PUT /api/forecast-choice", {
    body: forecastChoiceBody,
    reply: forecastChoiceReply,
  }),
  /** How each choice did on the months before, from what was known at the start of each. */
  record: call("GET /api/forecast-choice/record", { reply: forecastRecordReply }),
};
