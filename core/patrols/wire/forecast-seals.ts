import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date } from "#core/contract/fields.ts";

const countMonths = [3, 12, 36] as const;
export const countNames = countMonths.map((months) => `count-${months}` as const);

/** What Plan uses, and the plain counts that it is compared with. */
export const methodNames = ["forecast", ...countNames] as const;
export type MethodName = (typeof methodNames)[number];

/** Of `candidateModels` (model-mix.ts), which the page does without. */
export const methodsAveraged = 28;

/** "Average of 28 methods, weighted by accuracy", "Count of the last 12 months" */
export function forecastLabel(name: MethodName): string {
  if (name === "forecast") return `Average of ${methodsAveraged} methods, weighted by accuracy`;
  return `Count of the last ${name.slice("count-".length)} months`;
}

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

const hash = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");
/** Cell index and number in turn, cells without any left out. */
const sparse = z.array(z.number());
const counts = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ "count-3": value, "count-12": value, "count-36": value });

/** What was forecast of a week before it began, in the order of its text. Frozen: a new shape is another format. */
export const sealContent = z.strictObject({
  format: z.literal(1),
  /** Its Monday. */
  week: date,
  /** Only reports over before this day were known. */
  asAt: date,
  /** Version of the method; the weights of its models; the seed of the interval over weeks. */
  method: z.int(),
  seed: z.int(),
  weights: z.array(z.number()),
  /** Reports that it learnt from. */
  reports: z.int(),
  /** Reports expected in the week, with the 80% interval; that is absent until one is learnt. */
  expected: z.number(),
  low: z.number().optional(),
  high: z.number().optional(),
  /** The first H3 index without its last 15 bits, then the steps from one cell to the next. */
  cells: z.array(z.int()).min(1),
  /** Of the reports expected, in parts of 1,000,000,000. */
  shares: z.array(z.int()),
  /** Reports of the last 3, 12 and 36 months: the plain counts it is compared with. */
  counts: counts(sparse),
});
export type SealContent = z.infer<typeof sealContent>;

const shareScore = z.strictObject({
  /** Of the area, and in cells. */
  share: z.number(),
  cells: z.int(),
  /** Reports that came in the places ranked first, tied ones in equal parts. */
  forecast: z.number(),
  counts: counts(z.number()),
});

/** What came in a sealed week, and the score of its seal. */
export const outcomeContent = z.strictObject({
  format: z.literal(1),
  week: date,
  /** Of the records. */
  asAt: date,
  came: sparse,
  total: z.int(),
  scores: z.array(shareScore),
});
export type OutcomeContent = z.infer<typeof outcomeContent>;

export const sealEntry = z.strictObject({
  /** Of the chain, without a gap. */
  number: z.int().positive(),
  kind: z.enum(["seal", "outcome"]),
  week: date,
  /** Made in the demonstration from what was known then; never before the week. */
  isReplayed: z.boolean(),
  at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  content: z.string(),
  previous: hash,
  hash,
});
export type SealEntry = z.infer<typeof sealEntry>;

const sealedWeek = z.strictObject({
  week: date,
  isReplayed: z.boolean(),
  /** Null: nothing was sealed before it began. */
  sealedAt: z.string().nullable(),
  expected: z.number().nullable(),
  /** Null until its records are in. */
  outcome: outcomeContent.omit({ format: true, week: true, came: true }).nullable(),
  /** The last score after corrections of records; the first one counts. */
  later: outcomeContent.omit({ format: true, week: true, came: true }).nullable(),
});
export type SealedWeek = z.infer<typeof sealedWeek>;

const sealRecord = z.strictObject({
  /** Scored, by the first score of each. */
  weeks: z.int(),
  reports: z.int(),
  shares: z.array(
    z.strictObject({
      share: z.number(),
      /** Weeks in which its places held more reports than those of last year's count, as many, and fewer. */
      more: z.int(),
      same: z.int(),
      fewer: z.int(),
      /** Null in under 8 weeks. */
      toBestCount: ratioToCount.nullable(),
    }),
  ),
});
export type SealRecord = z.infer<typeof sealRecord>;

const sealsReply = z.strictObject({
  /** The last first, from the first sealed one on. */
  weeks: z.array(sealedWeek),
  record: sealRecord,
  /** Of the chain; null while it is empty. */
  head: z.strictObject({ number: z.int(), hash }).nullable(),
});
export type SealsReply = z.infer<typeof sealsReply>;

export const forecastSealCalls = {
  read: call("GET /api/forecast-seals", { reply: sealsReply }),
  /** One JSON document a line: the head, then every entry. */
  file: call("GET /api/forecast-seals/file", {}),
};
