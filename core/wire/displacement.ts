import { z } from "zod";
import { verdicts } from "#core/displacement/verdict.ts";
import { londonDate } from "#core/wire/london-date.ts";

/** GET /api/operations : operations that have started by as-at, latest first. */
export const operationsReply = z.strictObject({
  operations: z.array(
    z.strictObject({
      name: z.string(),
      startsOn: londonDate,
      endsOn: londonDate.nullable(),
      /** Treated cells at resolution 10. */
      cells: z.array(z.string()).readonly(),
    }),
  ),
});
export type OperationsReply = z.infer<typeof operationsReply>;

const days = z.coerce.number().int().min(1).max(3_660).optional();

/** An operation by name, or any area of the command from a date on. */
export const displacementQuery = z.strictObject({
  operation: z.string().min(1).optional(),
  area: z.string().min(1).optional(),
  start: londonDate.optional(),
  before: days,
  after: days,
});
export type DisplacementQuery = z.infer<typeof displacementQuery>;

const prePost = z.tuple([z.int(), z.int()]).readonly();
const figure = z.number().nullable();

const row = z.strictObject({
  neighbour: z.string().nullable(),
  name: z.string(),
  /** Reports before and after the start. */
  treated: prePost,
  /** As counted; each counts for `controlScale` in the comparison. */
  control: prePost,
  controlScale: figure,
  /** Reports more than expected after the start, fewer below 0; null where undefined. */
  wdd: figure,
  se: figure,
  z: figure,
  low: figure,
  high: figure,
  /** Two-sided, before Holm; null where one of the counts is too small to tell. */
  p: figure,
  verdict: z.enum(verdicts),
  sentence: z.string(),
  oneSided: z.boolean(),
  /** From the start to the end of each month. */
  running: z
    .array(
      z.strictObject({
        month: z.string(),
        to: londonDate,
        wdd: figure,
        low: figure,
        high: figure,
        canTell: z.boolean(),
      }),
    )
    .readonly(),
});

const edgeRow = row.extend({
  neighbour: z.string(),
  inner: prePost,
  /** Beyond the line; null where nothing is recorded there. */
  outer: prePost.nullable(),
  /** Of a one-sided edge whose neighbour gives totals (core/exchange). */
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

const period = z.strictObject({ from: londonDate, to: londonDate, days: z.int() });
const cells = z.array(z.string()).readonly();

/** What `boxster displacement` prints. */
export const assessmentReply = z.strictObject({
  operation: z.strictObject({
    name: z.string(),
    startsOn: londonDate,
    endsOn: londonDate.nullable(),
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

/**
 * GET /api/displacement/banners : the banner in words for residents, for presenter mode. Worked out
 * from the months that may be public, whoever asks.
 */
export const bannersReply = z.strictObject({
  banners: z.array(
    z.strictObject({
      operation: z.string(),
      text: z.string(),
      /** What was counted, and the dates compared. */
      basis: z.string(),
    }),
  ),
});
export type BannersReply = z.infer<typeof bannersReply>;
