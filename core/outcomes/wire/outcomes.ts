import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date } from "#core/contract/fields.ts";
import { measureNames } from "#core/outcomes/measures.ts";

const period = z.strictObject({ from: date, to: date });

/** 0 to 1; both ends are equal for exact counts, a range for rounded ones. */
const share = z.strictObject({ low: z.number(), high: z.number() });
export type ShareReply = z.infer<typeof share>;

const change = z.strictObject({
  from: date,
  to: date,
  count: z.int().nullable(),
  verdict: z.enum(["rise", "fall", "no_clear_change", "cannot_tell"]),
  /** "10 more than 5 Apr to 31 Jul 2021 (28); no significant change": no other field has it. */
  words: z.string(),
  /** "28, no significant change" */
  brief: z.string(),
});
export type ChangeReply = z.infer<typeof change>;

const figure = z.strictObject({
  measure: z.enum(measureNames),
  label: z.string(),
  definition: z.string(),
  /** Null: not typed for exactly that period, or withheld. */
  count: z.int().nullable(),
  /** "63", "about 65", "fewer than 10", "not typed for that period" */
  words: z.string(),
  /** Either: from a release, which does not say which. */
  source: z.enum(["counted", "typed", "either"]),
  /** "Counted from the records of 1 Aug to 26 Nov 2021." */
  sourceWords: z.string(),
  /** A typed total that differs from the count: beside it, never instead. */
  typedBeside: z.int().nullable(),
  before: change,
  yearAgo: change,
});
export type FigureReply = z.infer<typeof figure>;

const bar = z.strictObject({
  part: z.string(),
  label: z.string(),
  count: z.int().nullable(),
  /** Of the whole; null where one of the two is withheld. */
  share: share.nullable(),
});
export type BarReply = z.infer<typeof bar>;

/** Where those identified live: one row of bars for each measure. */
const residence = z.strictObject({
  measure: z.enum(measureNames),
  label: z.string(),
  base: z.int().nullable(),
  bars: z.array(bar),
  sentence: z.string(),
});
export type ResidenceReply = z.infer<typeof residence>;

const known = z.strictObject({
  measure: z.enum(measureNames),
  label: z.string(),
  yes: z.int().nullable(),
  no: z.int().nullable(),
  notRecorded: z.int().nullable(),
  /** Yes and no together. */
  base: z.int().nullable(),
  /** Of the base; its 95% interval (Wilson) is `low` to `high`. */
  share: share.nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  sentence: z.string(),
});
export type KnownReply = z.infer<typeof known>;

const stage = z.strictObject({
  measure: z.enum(measureNames),
  label: z.string(),
  count: z.int().nullable(),
  /** Of the last shown stage before it, and of the places offered. */
  ofBefore: share.nullable(),
  ofOffered: share.nullable(),
  words: z.string(),
});
export type StageReply = z.infer<typeof stage>;

const month = z.strictObject({
  /** `YYYY-MM` */
  month: z.string(),
  from: date,
  to: date,
  days: z.int(),
  count: z.int(),
  /** 95% interval of the month's mean (Garwood). */
  low: z.number(),
  high: z.number(),
  /** What its level gives for this many days. */
  level: z.number(),
});
export type TrendMonth = z.infer<typeof month>;

const trend = z.strictObject({
  id: z.enum(["reported", "arrest", "stop_search"]),
  label: z.string(),
  months: z.array(month),
  changes: z.array(
    z.strictObject({ month: z.string(), before: z.number(), after: z.number(), p: z.number() }),
  ),
  sentence: z.string(),
});
export type TrendReply = z.infer<typeof trend>;

/** Public whole-month figures of one measure, in order; a missing month was not typed. */
const givenMonths = z.strictObject({
  measure: z.string(),
  label: z.string(),
  months: z.array(z.strictObject({ month: z.string(), count: z.int().nullable() })),
  sentence: z.string(),
});
export type GivenMonthsReply = z.infer<typeof givenMonths>;

/** Trust and enforcement on the same months, each line on its own scale. */
const trust = z.strictObject({
  months: z.array(z.string()),
  series: z.array(
    z.strictObject({
      measure: z.enum(measureNames),
      label: z.string(),
      side: z.enum(["trust", "enforcement"]),
      /** One a month; a null is a gap, and `words` say why. */
      points: z.array(z.strictObject({ count: z.int().nullable(), words: z.string() })),
      sentence: z.string(),
    }),
  ),
  sentence: z.string(),
});
export type TrustReply = z.infer<typeof trust>;

/** GET /api/outcomes?from=&to=&form= : everything on the screen Outcomes for one period. */
const outcomesQuery = z.strictObject({
  from: date.optional(),
  to: date.optional(),
  /** `shared`: rounded for sharing, by the 10-5 rule; a presenter is given nothing else. */
  form: z.enum(["exact", "shared"]).default("exact"),
});
export const outcomesReply = z.strictObject({
  from: date,
  to: date,
  isExact: z.boolean(),
  sentence: z.string(),
  /** With typed totals, the latest first. */
  periods: z.array(period),
  figures: z.array(figure),
  residence: z.array(residence),
  known: z.array(known),
  funnel: z.strictObject({ stages: z.array(stage), sentence: z.string() }),
  others: z.array(
    z.strictObject({
      measure: z.string(),
      label: z.string(),
      count: z.int().nullable(),
      words: z.string(),
    }),
  ),
  /** Null unless exact: months and a total over them would reveal small counts. */
  trends: z.array(trend).nullable(),
  /** Null where fewer than two whole months have a total of trust. */
  trust: trust.nullable(),
  /** Monthly figures for sharing, of every period; none where exact. */
  givenMonths: z.array(givenMonths),
  notes: z.array(z.string()),
});
export type OutcomesReply = z.infer<typeof outcomesReply>;

/** POST /api/outcomes/exports : noted before anything leaves. */
const outcomesExportBody = z.strictObject({
  from: date,
  to: date,
});

export const outcomeCalls = {
  read: call("GET /api/outcomes", { query: outcomesQuery, reply: outcomesReply }),
  export: call("POST /api/outcomes/exports", {
    body: outcomesExportBody,
    reply: z.strictObject({ ok: z.literal(true) }),
  }),
};
