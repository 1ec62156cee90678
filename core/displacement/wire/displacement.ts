import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date } from "#core/contract/fields.ts";
import { harmNames } from "#core/records/harm.ts";
import { harmTableRef, harmVersion } from "#core/records/wire/harm-weights.ts";
import { trendChecks } from "#core/stats/parallel-trend.ts";

const days = z.coerce.number().int().min(1).max(3_660).optional();

export const displacementQuery = z.strictObject({
  operation: z.string().min(1).optional(),
  area: z.string().min(1).optional(),
  start: date.optional(),
  before: days,
  after: days,
  /** `v3`: the same again in harm, by that version of the weights; without it reports alone are counted. */
  harm: harmVersion.optional(),
});
export type DisplacementQuery = z.infer<typeof displacementQuery>;

const prePost = z.tuple([z.int(), z.int()]).readonly();
const figure = z.number().nullable();

const month = z.string().regex(/^\d{4}-\d{2}$/u);

export const verdicts = ["rise", "fall", "no_clear_change", "cannot_tell"] as const;
export type Verdict = (typeof verdicts)[number];
const verdict = z.enum(verdicts);

/** One area against the control, in reports of the period after the start. */
const comparison = z.strictObject({
  treated: prePost,
  /** As counted, before `controlScale`. */
  control: prePost,
  controlScale: figure,
  /** Reports more than expected after the start, fewer below 0; null where undefined. */
  wdd: figure,
  /** Widened by `dispersion` and `placebo`, where known. */
  se: figure,
  z: figure,
  low: figure,
  high: figure,
  /** Two-sided, before Holm; null where one of the counts is too small to tell. */
  p: figure,
});
export type Comparison = z.infer<typeof comparison>;

const compared = z.strictObject({
  name: z.string(),
  ...comparison.shape,
  verdict,
  sentence: z.string(),
});

/** The placebo in space: the same difference where nothing was done. */
const placebo = z.strictObject({
  places: z.int(),
  /** Standard deviation of their changes beyond chance, log scale, with its uncertainty. */
  spread: z.number(),
});
export type Placebo = z.infer<typeof placebo>;

/** From the start to the end of a month. */
const runningFigure = z.strictObject({
  month: z.string(),
  to: date,
  wdd: figure,
  low: figure,
  high: figure,
  /** False while one of the counts is under 10. */
  canTell: z.boolean(),
});
export type RunningFigure = z.infer<typeof runningFigure>;

/** One month, or the part left by the start or the end of the records. */
const monthFigure = z.strictObject({
  month,
  from: date,
  to: date,
  days: z.int(),
  isAfter: z.boolean(),
  treated: z.int(),
  control: z.int(),
  /**
   * The scaled control: the expected treated count had it moved the same way; null in a month with
   * no control reports.
   */
  expected: figure,
  /** 95% range of the treated count in such a month, `low` to `high`. */
  low: figure,
  high: figure,
});
export type MonthFigure = z.infer<typeof monthFigure>;

/** How many more or fewer reports in one place and period would change the verdict, and to what. */
const tip = z.strictObject({
  where: z.enum(["before", "after", "control"]),
  /** The fewest, below 0 for fewer. */
  by: z.int(),
  to: verdict,
});
export type Tip = z.infer<typeof tip>;

const row = compared.extend({
  neighbour: z.string().nullable(),
  oneSided: z.boolean(),
  /** Overdispersion of months before the start, at least 1 and the places' own; null: too few. */
  dispersion: figure,
  /** How far other places drift apart, as a share of the expected; null: too few places. */
  placebo: placebo.nullable(),
  /** A fall before widening: decides the banner. */
  fell: z.boolean(),
  /** First month of change (DEFINITIONS, Assessment); null without a rise or a fall. */
  changedFrom: month.nullable(),
  /** Null where it cannot be told. */
  tips: z.array(tip).readonly().nullable(),
  running: z.array(runningFigure).readonly(),
  /** Both series by month, cut at the start. */
  series: z.array(monthFigure).readonly(),
});
export type AssessmentRow = z.infer<typeof row>;
/** Widens an interval beyond chance. */
export type Widening = Pick<AssessmentRow, "dispersion" | "placebo">;

export const controlResults = ["passes", "fails", "too_few_months", "no_reports"] as const;

const controlCheck = z.strictObject({
  chosenByHand: z.boolean(),
  cells: z.int(),
  result: z.enum(controlResults),
  sentence: z.string(),
  /** Whole months before the start that were looked at; null without any. */
  firstMonth: month.nullable(),
  lastMonth: month.nullable(),
  months: z.int(),
  /** Of the treated area in those months; null where they are too few. */
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

const harmRow = z.strictObject({
  name: z.string(),
  neighbour: z.string().nullable(),
  /** In units of the weights, below 0 less harm; null where a kind cannot be compared. */
  wdd: figure,
  se: figure,
  low: figure,
  high: figure,
  p: figure,
  /** Weights whose reports are too few to compare. */
  tooFew: z.array(z.enum(harmNames)).readonly(),
  verdict,
  sentence: z.string(),
});
export type HarmRow = z.infer<typeof harmRow>;

const harm = z.strictObject({
  table: harmTableRef,
  weights: z.array(z.strictObject({ name: z.enum(harmNames), weight: z.number() })).readonly(),
  rows: z.array(harmRow).readonly(),
});

/** Evidence of a rise that may be looked at every week (DEFINITIONS). */
const riseEvidence = z.strictObject({
  /** Whole weeks since the start. */
  weeks: z.int(),
  /** How far the evidence came at its most: 0 none, 1 as much as is asked for. */
  share: z.number().min(0).max(1),
  /** Last day of the week in which it reached 1; null before. */
  movedOn: date.nullable(),
});
export type RiseEvidence = z.infer<typeof riseEvidence>;

const edgeRow = row.extend({
  neighbour: z.string(),
  /** On this side of the line. */
  inner: prePost,
  /** Beyond the line; null where nothing is recorded there. */
  outer: prePost.nullable(),
  /** A rise that this side alone does not show. */
  restsBeyond: z.boolean(),
  /** Null where the months before the start are too few. */
  evidence: riseEvidence.nullable(),
  /** Of a one-sided edge whose neighbour gives totals (core/neighbours). */
  received: z
    .strictObject({
      reference: z.string(),
      /** Null where they do not serve these periods. */
      outer: prePost.nullable(),
      verdict,
      sentence: z.string(),
    })
    .optional(),
});

export type EdgeRow = z.infer<typeof edgeRow>;

const inPhase = { running: true, series: true, changedFrom: true, tips: true } as const;
const phasePlace = row.omit(inPhase);
export type PhasePlace = z.infer<typeof phasePlace>;

/** Against the operation's own period before; judged over all phases (Holm). Its own figures are of treated area and rings together. */
const phaseRow = phasePlace.extend({
  from: date,
  to: date,
  days: z.int(),
  treatedArea: phasePlace,
  rings: phasePlace,
  edges: z
    .array(edgeRow.omit({ ...inPhase, received: true, evidence: true, restsBeyond: true }))
    .readonly(),
  /** As of the whole: a fall with a rise at a boundary in this phase. */
  banner: z.string().nullable(),
});
export type PhaseRow = z.infer<typeof phaseRow>;

const period = z.strictObject({ from: date, to: date, days: z.int() });
const cells = z.array(z.string()).readonly();

/** What `boxster displacement` prints. */
export const assessmentReply = z.strictObject({
  operation: z.strictObject({
    name: z.string(),
    startsOn: date,
    endsOn: date.nullable(),
  }),
  studyArea: z.string(),
  before: period,
  after: period,
  counted: z.literal("reported"),
  overall: row,
  treatedArea: row,
  rings: row,
  edges: z.array(edgeRow).readonly(),
  phases: z.array(phaseRow).readonly(),
  controlCheck,
  /** Null unless weights were asked for. */
  harm: harm.nullable(),
  notes: z.array(z.string()).readonly(),
  /** To be shown wherever the fall is shown; null when there is nothing to say. */
  banner: z.string().nullable(),
  method: z.array(z.string()).readonly(),
});
export type AssessmentReply = z.infer<typeof assessmentReply>;

export const displacementReply = assessmentReply.extend({
  zones: z.strictObject({
    treated: cells,
    rings: cells,
    /** Null unless chosen by hand: the rest of the command. */
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

export const displacementCalls = {
  assess: call("GET /api/displacement", { query: displacementQuery, reply: displacementReply }),
};
