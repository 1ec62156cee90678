import { z } from "zod";
import { forecastChoices } from "#core/patrols/forecast/choice.ts";
import { allMethodNames } from "#core/patrols/forecast/methods.ts";
import { eventCategories, eventSources } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { listOf, typeList } from "#core/records/wire/list-of.ts";
import { londonDate } from "#core/text/london-date.ts";

/** `boxster backtest`: inclusive London dates; the periods between them lie wholly inside. */
export const backtestQuery = z.strictObject({
  from: londonDate,
  to: londonDate,
  kinds: listOf(eventKinds, "kind").optional(),
  sources: listOf(eventSources, "source").optional(),
  categories: listOf(eventCategories, "category").optional(),
  /** The sources' own words, in any case; events of any type and of none when absent. */
  types: typeList.optional(),
  method: listOf(allMethodNames, "method").optional(),
  resolution: z.coerce.number().int().min(8).max(10).default(10),
  /** Days of a period; months of the calendar when absent. */
  horizon: z.coerce.number().int().min(1).max(366).optional(),
  area: z.string().optional(),
  /** Cells of a resolution at equal area, or stretches of street at equal length. */
  by: z.enum(["cell", "street"]).default("cell"),
});
export type BacktestQuery = z.infer<typeof backtestQuery>;

const accuracyRow = z.strictObject({
  /** Share of the area, or by street of the length. */
  share: z.number(),
  /** By street segments, the last of them in part. */
  cells: z.number(),
  hitRate: z.number(),
  /** Ties of score averaged over all their orders. */
  pai: z.number(),
  /** The tie range. */
  paiLow: z.number(),
  paiHigh: z.number(),
  pei: z.number(),
  /** Penalised PAI, by the area to the power of 0.9. */
  ppai: z.number(),
  /** Mean PAI by that of the best count, with 95% of draws of the periods; null in under 8 periods, without a count, or where counts hit nothing. */
  toBestCount: z.strictObject({ ratio: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** Recapture rate index: the part's share of all reports over its share in the period before; null where it held none. */
  rri: z.number().nullable(),
});

const held = z.strictObject({
  /** Reports expected and come, means over the periods. */
  expected: z.number(),
  came: z.number(),
  /** Share of the periods in which what came lay in the interval, which is to hold 8 of 10. */
  inside: z.number(),
});

export const backtestReply = z.strictObject({
  studyArea: z.string(),
  /** Null by street. */
  resolution: z.int().nullable(),
  /** Of the study area; by street its segments. */
  cells: z.int(),
  /** Only by street: their length. */
  km: z.number().optional(),
  from: londonDate,
  to: londonDate,
  kinds: z.array(z.enum(eventKinds)),
  sources: z.array(z.enum(eventSources)),
  /** Only where some were asked for. */
  types: z.array(z.string()).optional(),
  /** "month", or days. */
  horizon: z.union([z.literal("month"), z.int()]),
  /** Reports that were there to learn from or to be forecast. */
  reports: z.int(),
  /** Which months are unknown, and so neither learnt from nor forecast; only where some are. */
  leftOut: z.string().optional(),
  /** The forecast that Plan uses now. */
  usedByPlan: z.enum(forecastChoices),
  methods: z.array(
    z.strictObject({
      method: z.enum(allMethodNames),
      about: z.string(),
      /** Periods in which anything came; means are over these. */
      folds: z.int(),
      shares: z.array(accuracyRow),
      /** What counted most by periods that were over, and how often. */
      chosen: z.record(z.string(), z.int()),
      /** Of a method that says how many are expected, in all and in the shares of the area; else null. */
      calibration: z
        .strictObject({
          whole: held,
          shares: z.array(held),
          /** Logarithmic score of a report's place, in nats above an even spread. */
          logScore: z.number(),
        })
        .nullable(),
    }),
  ),
});
export type BacktestReply = z.infer<typeof backtestReply>;
