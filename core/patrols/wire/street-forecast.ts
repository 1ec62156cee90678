import { z } from "zod";
import { forecastChoices } from "#core/patrols/forecast/choice.ts";
import { chosenForecast } from "#core/patrols/wire/forecast-choice.ts";
import { typeList } from "#core/records/wire/list-of.ts";
import { londonDate } from "#core/text/london-date.ts";

/** `boxster forecast`: the weeks after today, by stretch of street. */
export const streetForecastQuery = z.strictObject({
  weeks: z.coerce.number().int().min(1).max(13).default(4),
  area: z.string().optional(),
  /** The first so many stretches. */
  limit: z.coerce.number().int().min(1).max(10_000).default(20),
  /** For this answer alone; else the one that Plan uses. */
  method: z.enum(forecastChoices).optional(),
  /** The sources' own words: reports of these types alone. */
  types: typeList.optional(),
});
export type StreetForecastQuery = z.infer<typeof streetForecastQuery>;

export const streetForecastReply = z.strictObject({
  studyArea: z.string(),
  segments: z.int(),
  km: z.number(),
  /** The line that the source of the streets asks for. */
  attribution: z.string().nullable(),
  /** Inclusive. */
  from: londonDate,
  to: londonDate,
  /** Reports that have a street and that a plan would learn from. */
  reports: z.int(),
  /** Which months nothing is learnt from; only where some are unknown. */
  leftOut: z.string().optional(),
  /** Reports expected on all streets; what comes lies between `low` and `high` in 8 of 10 such periods. */
  expected: z.number(),
  low: z.number(),
  high: z.number(),
  /** Which forecast it is, and when an analyst chose it; null where it was asked for, or nobody chose. */
  method: z.enum(forecastChoices),
  choice: chosenForecast.nullable(),
  /** Only where some were asked for. */
  types: z.array(z.string()).optional(),
  /** The way of learning that counts most in the average, by periods that are over. */
  chosen: z.string(),
  /** What the best streets, as much as a share of the length, are expected to hold of all reports. */
  shares: z.array(z.strictObject({ share: z.number(), holds: z.number() })),
  /** By falling rate, which is by equal length. */
  rows: z.array(
    z.strictObject({
      place: z.string(),
      metres: z.number(),
      expected: z.number(),
      per100m: z.number(),
    }),
  ),
});
export type StreetForecastReply = z.infer<typeof streetForecastReply>;
