import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date } from "#core/contract/fields.ts";
import { ratioToCount } from "#core/patrols/wire/forecast-record.ts";

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
