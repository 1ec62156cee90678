import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date } from "#core/contract/fields.ts";
import { verdicts } from "#core/displacement/compare.ts";
import { controlResults } from "#core/displacement/control-check.ts";
import { harmNames } from "#core/records/harm.ts";
import { harmAsked, harmTableRef } from "#core/records/wire/harm-weights.ts";
import { trendChecks } from "#core/stats/parallel-trend.ts";

const days = z.coerce.number().int().min(1).max(3_660).optional();

/** An operation by name, or any area of the command from a date on. */
export const displacementQuery = z.strictObject({
  operation: z.string().min(1).optional(),
  area: z.string().min(1).optional(),
  start: date.optional(),
  before: days,
  after: days,
  /** `v3`, `complaint:1,sighting:2`: the same again in harm; without it reports alone are counted. */
  harm: harmAsked.optional(),
});
export type DisplacementQuery = z.infer<typeof displacementQuery>;

const prePost = z.tuple([z.int(), z.int()]).readonly();
const figure = z.number().nullable();

const month = z.string().regex(/^\d{4}-\d{2}$/u);

const compared = z.strictObject({
  name: z.string(),
  /** Reports before and after the start. */
  treated: prePost,
  /** As counted; each counts for `controlScale` in the comparison. */
  control: prePost,
  controlScale: figure,
  /** Reports more than expected after the start, fewer below 0; null where undefined. */
  wdd: figure,
  /** Widened by `dispersion` and `placebo`, where they are known. */
  se: figure,
  z: figure,
  low: figure,
  high: figure,
  /** Two-sided, before Holm; null where one of the counts is too small to tell. */
  p: figure,
  verdict: z.enum(verdicts),
  sentence: z.string(),
});

const row = compared.extend({
  neighbour: z.string().nullable(),
  oneSided: z.boolean(),
  /** How much more the months before the start scatter than chance, at least 1 and at least as much as other places; null: too few. */
  dispersion: figure,
  /** How far other places changed apart by themselves, as a share of what is expected; null: too few places. */
  placebo: z.strictObject({ places: z.int(), spread: z.number() }).nullable(),
  /** A fall before the interval is widened: what a banner goes by. */
  fell: z.boolean(),
  /** First month of change; null without a rise or a fall. */
  changedFrom: month.nullable(),
  /** From the start to the end of each month. */
  running: z
    .array(
      z.strictObject({
        month: z.string(),
        to: date,
        wdd: figure,
        low: figure,
        high: figure,
        canTell: z.boolean(),
      }),
    )
    .readonly(),
  /** Both series by month, cut at the start; `expected` is the control at its scale. */
  series: z
    .array(
      z.strictObject({
        month,
        from: date,
        to: date,
        days: z.int(),
        isAfter: z.boolean(),
        treated: z.int(),
        control: z.int(),
        expected: figure,
        low: figure,
        high: figure,
      }),
    )
    .readonly(),
});
/** Against the same period before, brought to the length of the phase; judged together (Holm). */
const phaseRow = compared.extend({ from: date, to: date, days: z.int() });

/** Whether the control ran parallel to the treated area before the start. */
const controlCheck = z.strictObject({
  chosenByHand: z.boolean(),
  cells: z.int(),
  result: z.enum(controlResults),
  sentence: z.string(),
  /** The months looked at. */
  firstMonth: month.nullable(),
  lastMonth: month.nullable(),
  months: z.int(),
  dispersion: figure,
  checks: z
    .array(
      z.strictObject({
        name: z.enum(trendChecks),
        label: z.string(),
        value: z.number(),
        limit: z.number(),
        passes: z.boolean(),
      }),
    )
    .readonly(),
  /** Cells of resolution 9 with more than a fifth of the treated area's reports: named, not left out. */
  heavy: z
    .array(
      z.strictObject({ cell: z.string(), place: z.string(), reports: z.int(), share: z.number() }),
    )
    .readonly(),
});

/** Both null where one of the six counts is zero. Neither has an interval. */
const quotient = z.strictObject({
  wdq: figure,
  tne: figure,
  worked: z.boolean(),
  sentence: z.string(),
});

const harm = z.strictObject({
  /** The version of the team's table; null where the weights were typed. */
  table: harmTableRef.nullable(),
  weights: z.array(z.strictObject({ name: z.enum(harmNames), weight: z.number() })).readonly(),
  rows: z
    .array(
      z.strictObject({
        name: z.string(),
        neighbour: z.string().nullable(),
        wdd: figure,
        se: figure,
        low: figure,
        high: figure,
        p: figure,
        tooFew: z.array(z.enum(harmNames)).readonly(),
        verdict: z.enum(verdicts),
        sentence: z.string(),
      }),
    )
    .readonly(),
});

const edgeRow = row.extend({
  neighbour: z.string(),
  inner: prePost,
  /** Beyond the line; null where nothing is recorded there. */
  outer: prePost.nullable(),
  /** Of a one-sided edge whose neighbour gives totals (core/neighbours). */
  received: z
    .strictObject({
      reference: z.string(),
      /** Null where they do not serve these periods. */
      outer: prePost.nullable(),
      verdict: z.enum(verdicts),
      sentence: z.string(),
    })
    .optional(),
});

const period = z.strictObject({ from: date, to: date, days: z.int() });
const cells = z.array(z.string()).readonly();

/** What `boxster displacement` prints. */
export const assessmentReply = z.strictObject({
  operation: z.strictObject({
    name: z.string(),
    startsOn: date,
    endsOn: date.nullable(),
  }),
  /** Where the control comes from. */
  studyArea: z.string(),
  before: period,
  after: period,
  counted: z.literal("reported"),
  overall: row,
  treatedArea: row,
  rings: row,
  edges: z.array(edgeRow).readonly(),
  /** Treated area and rings together, phase by phase. */
  phases: z.array(phaseRow).readonly(),
  controlCheck,
  quotient,
  /** Null unless weights were asked for. */
  harm: harm.nullable(),
  /** What was left out or cut short, and why. */
  notes: z.array(z.string()).readonly(),
  /** To be shown wherever the fall is shown; null when there is nothing to say. */
  banner: z.string().nullable(),
  method: z.array(z.string()).readonly(),
});
export type AssessmentReply = z.infer<typeof assessmentReply>;

/** GET /api/displacement : the assessment with the cells that it counted, for the map. */
export const displacementReply = assessmentReply.extend({
  zones: z.strictObject({
    treated: cells,
    rings: cells,
    /** Only where it was chosen by hand; else all that is left of the command. */
    control: cells.nullable(),
    edges: z
      .array(
        z.strictObject({
          neighbour: z.string(),
          inner: cells,
          /** Empty where nothing is recorded beyond the line. */
          outer: cells,
        }),
      )
      .readonly(),
  }),
});
export type DisplacementReply = z.infer<typeof displacementReply>;

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

export const displacementCalls = {
  assess: call("GET /api/displacement", { query: displacementQuery, reply: displacementReply }),
  controlDays: call("GET /api/displacement/control-days", { reply: controlDaysReply }),
};
