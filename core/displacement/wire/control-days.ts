import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date } from "#core/contract/fields.ts";
import { verdicts } from "#core/displacement/wire/displacement.ts";

const figure = z.number().nullable();
const placeDays = z.strictObject({ days: z.int(), reports: z.int() });

/** GET /api/displacement/control-days: what the days left out tell, of whole weeks that are over. */
export const controlDaysReply = z.strictObject({
  weeks: z.array(
    z.strictObject({
      /** A Monday. */
      week: date,
      places: z.int(),
      daysPerPlace: z.int(),
      control: placeDays,
      other: placeDays,
    }),
  ),
  control: placeDays,
  other: placeDays,
  /** Reports a place and day on the other days over those on control days, week by week; null where it cannot be told. */
  ratio: figure,
  /** Its interval at 95%; null where `ratio` is. */
  low: figure,
  high: figure,
  /** Two-sided, by drawing again; null where too little was reported. */
  p: figure,
  /** Of the days on which patrols were possible, against the comparison days. */
  verdict: z.enum(verdicts),
  sentence: z.string(),
  /** What an hour of recorded patrol did, of weeks that devices recorded whole. */
  dose: z.strictObject({
    weeks: z.int(),
    /** Mean device hours per place and day. */
    controlHours: z.number(),
    otherHours: z.number(),
    /** Times as many reports for each hour of a device; null where that cannot be told. */
    ratio: figure,
    /** Its interval at 95%; null where `ratio` is. */
    low: figure,
    high: figure,
    verdict: z.enum(verdicts),
    sentence: z.string(),
  }),
});
export type ControlDaysReply = z.infer<typeof controlDaysReply>;

export const controlDaysCall = call("GET /api/displacement/control-days", {
  reply: controlDaysReply,
});
