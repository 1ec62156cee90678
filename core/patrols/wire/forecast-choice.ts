import { z } from "zod";
import { type ChosenForecast, forecastChoices } from "#core/patrols/forecast/choice.ts";
import { londonDate } from "#core/text/london-date.ts";

/** PUT /api/forecast-choice: which forecast Plan uses from now on. Plans that are made stay as they are. */
export const forecastChoiceBody = z.strictObject({
  choice: z.enum(forecastChoices),
  /** What was in use when it was picked: where another one is by now, somebody chose meanwhile. */
  instead: z.enum(forecastChoices),
});
export type ForecastChoiceBody = z.infer<typeof forecastChoiceBody>;

/** What stands in a plan. */
export const chosenForecast = z.strictObject({
  choice: z.enum(forecastChoices),
  chosenOn: londonDate,
}) satisfies z.ZodType<ChosenForecast>;

/** GET and PUT /api/forecast-choice; null until somebody has chosen: then it is the average of ways. */
export const forecastChoiceReply = z.strictObject({
  chosen: chosenForecast.extend({ chosenBy: z.string() }).nullable(),
});
export type ForecastChoiceReply = z.infer<typeof forecastChoiceReply>;

/** GET /api/forecast-choice/record: how each choice did on the months before, from what was known at the start of each. */
export const forecastRecordReply = z.strictObject({
  /** First and last day of the months; null where none of them had a report. */
  from: londonDate.nullable(),
  to: londonDate.nullable(),
  /** Months in which anything came. */
  months: z.int(),
  reports: z.int(),
  choices: z.array(
    z.strictObject({
      choice: z.enum(forecastChoices),
      shares: z.array(
        z.strictObject({
          /** Of the area. */
          share: z.number(),
          /** Mean PAI by that of the best count, with its 95% interval over the months; null in under 8 months. */
          toBestCount: z
            .strictObject({ ratio: z.number(), low: z.number(), high: z.number() })
            .nullable(),
        }),
      ),
    }),
  ),
});
export type ForecastRecordReply = z.infer<typeof forecastRecordReply>;
