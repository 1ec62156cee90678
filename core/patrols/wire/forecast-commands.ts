import { z } from "zod";
import { date } from "#core/contract/fields.ts";
import { hotspotsQuery, hotspotsReply } from "#core/hotspots/wire/hotspots.ts";
import { methodNames, ratioToCount } from "#core/patrols/wire/forecast-seals.ts";
import { listOf } from "#core/records/wire/list-of.ts";

/** `boxster backtest`: inclusive London dates; the periods between them lie wholly inside. */
export const backtestQuery = z.strictObject({
  from: date,
  to: date,
  ...hotspotsQuery.pick({ kinds: true, sources: true, categories: true, types: true }).shape,
  method: listOf(methodNames, "method").optional(),
  resolution: z.coerce.number().int().min(8).max(10).default(10),
  /** Days of a period; months of the calendar when absent. */
  horizon: z.coerce.number().int().min(1).max(366).optional(),
  area: z.string().optional(),
});
export type BacktestQuery = z.infer<typeof backtestQuery>;

/** How well the best-ranked share of the area held what came in one period. */
const shareAccuracy = z.strictObject({
  cells: z.int(),
  /** n / N, ties of score averaged over all their orders. */
  hitRate: z.number(),
  pai: z.number(),
  /** With ties broken as badly, and as well, as they can be. */
  paiLow: z.number(),
  paiHigh: z.number(),
  /** PAI by the best PAI that this many cells could have had. */
  pei: z.number(),
});
export type ShareAccuracy = z.infer<typeof shareAccuracy>;

/** What was expected in the whole area beside what came. */
const held = z.strictObject({
  /** Reports expected and come, means over the periods. */
  expected: z.number(),
  came: z.number(),
  /** Periods before which enough were over to learn an interval. */
  intervals: z.int(),
  /** Share of these in which what came lay in the interval, which is to hold 8 of 10; null of none. */
  inside: z.number().nullable(),
});
export type Held = z.infer<typeof held>;

const methodResult = z.strictObject({
  method: z.enum(methodNames),
  about: z.string(),
  /** Periods in which anything came; means are over these. */
  folds: z.int(),
  shares: z.array(
    z.strictObject({
      /** Of the area. */
      share: z.number(),
      ...shareAccuracy.shape,
      /** Null in under 8 periods, without a count, or where counts hit nothing. */
      toBestCount: ratioToCount.nullable(),
    }),
  ),
  /** What counted most by periods that were over, and how often. */
  chosen: z.record(z.string(), z.int()),
  /** Of a method that says how many are expected; else null. */
  held: held.nullable(),
});
export type MethodResult = Omit<z.infer<typeof methodResult>, "about">;

export const backtestReply = z.strictObject({
  studyArea: z.string(),
  resolution: z.int(),
  /** Of the study area. */
  cells: z.int(),
  ...hotspotsReply.pick({ from: true, to: true, kinds: true, sources: true, types: true }).shape,
  /** "month", or days. */
  horizon: z.union([z.literal("month"), z.int()]),
  /** Reports that were there to learn from or to be forecast. */
  reports: z.int(),
  /** Which months are unknown, and so neither learnt from nor forecast; only where some are. */
  leftOut: z.string().optional(),
  methods: z.array(methodResult),
});
export type BacktestReply = z.infer<typeof backtestReply>;
