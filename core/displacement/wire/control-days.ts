import { z } from "zod";
import { verdicts } from "#core/displacement/compare.ts";
import { londonDate } from "#core/text/london-date.ts";

const placeDays = z.strictObject({ days: z.int(), reports: z.int() });

/** GET /api/displacement/control-days: what the days left out tell, of whole weeks that are over. */
export const controlDaysReply = z.strictObject({
  weeks: z.array(
    z.strictObject({
      /** A Monday. */
      week: londonDate,
      places: z.int(),
      daysPerPlace: z.int(),
      control: placeDays,
      other: placeDays,
    }),
  ),
  control: placeDays,
  other: placeDays,
  /** Reports a place and day on the other days over those on control days. */
  ratio: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  p: z.number().nullable(),
  verdict: z.enum(verdicts),
  sentence: z.string(),
  /** What an hour of recorded patrol did, of weeks that devices recorded whole. */
  dose: z.strictObject({
    weeks: z.int(),
    /** Mean device hours per place and day. */
    controlHours: z.number(),
    otherHours: z.number(),
    /** Times as many reports for each hour. */
    ratio: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    verdict: z.enum(verdicts),
    sentence: z.string(),
  }),
});
export type ControlDaysReply = z.infer<typeof controlDaysReply>;
