import { z } from "zod";
import { date } from "#core/contract/fields.ts";
import { hotspotsQuery, hotspotsReply } from "#core/hotspots/wire/hotspots.ts";
import { ratioToCount } from "#core/patrols/wire/forecast-record.ts";
import { methodNames } from "#core/patrols/wire/method-names.ts";
import { listOf, typeList } from "#core/records/wire/list-of.ts";

/** `boxster backtest`: inclusive London dates; the periods between them lie wholly inside. */
export const backtestQuery = z
  .strictObject({
    from: date,
    to: date,
    ...hotspotsQuery.pick({ kinds: true, sources: true, categories: true, types: true }).shape,
    method: listOf(methodNames, "method").optional(),
    /** Of cells; 10 when absent. */
    resolution: z.coerce.number().int().min(8).max(10).optional(),
    /** Days of a period; months of the calendar when absent. */
    horizon: z.coerce.number().int().min(1).max(366).optional(),
    area: z.string().optional(),
    /** Cells of a resolution at equal area, or stretches of street at equal length. */
    by: z.enum(["cell", "street"]).default("cell"),
  })
  .refine(({ by, resolution }) => by === "cell" || resolution === undefined, {
    path: ["resolution"],
    message: "streets have none",
  });
export type BacktestQuery = z.infer<typeof backtestQuery>;

/** How well the best-ranked share of the area held what came in one period. */
const shareAccuracy = z.strictObject({
  /** By street segments, the last of them in part. */
  cells: z.number(),
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

/** What was expected beside what came, in all and in the shares of the area. */
const calibration = z.strictObject({
  whole: held,
  shares: z.array(held),
  /** Logarithmic score of a report's place, in nats above an even spread. */
  logScore: z.number(),
});
export type Calibration = z.infer<typeof calibration>;

const methodResult = z.strictObject({
  method: z.enum(methodNames),
  about: z.string(),
  /** Periods in which anything came; means are over these. */
  folds: z.int(),
  shares: z.array(
    z.strictObject({
      /** Share of the area, or by street of the length. */
      share: z.number(),
      ...shareAccuracy.shape,
      /** Null in under 8 periods, without a count, or where counts hit nothing. */
      toBestCount: ratioToCount.nullable(),
    }),
  ),
  /** What counted most by periods that were over, and how often. */
  chosen: z.record(z.string(), z.int()),
  /** Of a method that says how many are expected; else null. */
  calibration: calibration.nullable(),
});
export type MethodResult = Omit<z.infer<typeof methodResult>, "about">;

export const backtestReply = z.strictObject({
  studyArea: z.string(),
  /** Null by street. */
  resolution: z.int().nullable(),
  /** Of the study area; by street its segments. */
  cells: z.int(),
  /** Only by street: their length. */
  km: z.number().optional(),
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

/** `boxster forecast`: the weeks after today, by stretch of street. */
export const streetForecastQuery = z.strictObject({
  weeks: z.coerce.number().int().min(1).max(13).default(4),
  area: z.string().optional(),
  /** The first so many stretches. */
  limit: z.coerce.number().int().min(1).max(10_000).default(20),
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
  from: date,
  to: date,
  /** Reports that have a street and that a plan would learn from. */
  reports: z.int(),
  /** Which months nothing is learnt from; only where some are unknown. */
  leftOut: z.string().optional(),
  /** Reports expected on all streets. */
  expected: z.number(),
  /** What comes lies between `low` and `high` in 8 of 10 such periods; both absent until 8 of them are over. */
  low: z.number().optional(),
  high: z.number().optional(),
  /** Only where some were asked for. */
  types: z.array(z.string()).optional(),
  /** The candidate model that counts most in the average, by periods that are over. */
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
