import { z } from "zod";
import { eventResolution, type H3Cell, isCell, resolutionOf } from "#core/geo/cell.ts";
import { changeVerdicts } from "#core/hotspots/change.ts";
import { measures } from "#core/hotspots/rank.ts";
import { actionOwners, actionStates } from "#core/place-plans/action.ts";
import { planAreaWays, planStates } from "#core/place-plans/plan.ts";
import { isPublicName } from "#core/places/gazetteer/names.ts";
import { hotBys } from "#core/stats/hot.ts";
import { londonDate } from "#core/text/london-date.ts";
import { faultsOfPartnerWords } from "#core/text/outreach-times.ts";

/** Place plans and the actions about places, as the page and the server say them to each other. */

const instant = z.iso.datetime({ offset: true });
const id = z.int().positive();
const revision = z.int().min(1);

const cell = z.custom<H3Cell>(
  (value) => typeof value === "string" && isCell(value) && resolutionOf(value) === eventResolution,
  `an H3 cell at resolution ${eventResolution}`,
);
const chosenCell = z.custom<H3Cell>(
  (value) => typeof value === "string" && isCell(value),
  "an H3 cell",
);

/** Longer than is kept, so that core/text/free-words.ts can say how long it is. */
const sentWords = z.string().max(8000, "at most 1,000 characters");

const area = z.strictObject({
  by: z.enum(planAreaWays),
  name: z
    .string()
    .min(1)
    .max(120)
    .refine(isPublicName, "the name of an area or a street")
    .nullable(),
  cells: z.array(cell).max(20_000).readonly(),
});

const response = z.strictObject({
  partners: sentWords,
  place: sentWords,
  diversion: sentWords,
  enforcement: sentWords,
});

const planFields = {
  name: z.string().max(400),
  area,
  scanning: sentWords,
  analysis: sentWords,
  response,
  stopRule: sentWords,
  reviewOn: londonDate,
  state: z.enum(planStates),
  result: sentWords,
  isForMeeting: z.boolean(),
};

/** POST /api/place-plans */
export const placePlanBody = z.strictObject(planFields);
export type PlacePlanBody = z.infer<typeof placePlanBody>;

/** PUT /api/place-plans/:id : the whole plan as it is to be, and the revision that was read. */
export const changePlacePlanBody = z.strictObject({ ...planFields, revision });

export const placePlanParams = z.strictObject({ id: z.coerce.number().int().positive() });
export const planFigureParams = z.strictObject({
  id: z.coerce.number().int().positive(),
  figure: z.coerce.number().int().positive(),
});
export const planCommentParams = z.strictObject({
  id: z.coerce.number().int().positive(),
  comment: z.uuid(),
});

/** POST /api/place-plans/:id/figures : what Hotspots is asked (GET /api/hotspots), counted again and kept. */
export const pinBody = z.strictObject({
  query: z.record(z.string().max(40), z.string().max(4000)),
  /** One chosen cell; null for the first rows of the ranking. */
  cell: chosenCell.nullable(),
});

/** POST /api/place-plans/:id/assessment */
export const assessPlanBody = z.strictObject({ operation: z.string().min(1).max(80), revision });

/** PUT /api/place-plans/:id/shares : the codes of the partners that may read its place and response. */
export const sharePlanBody = z.strictObject({ partners: z.array(z.string().max(40)).max(200) });

/** The title of the refusal where somebody else was first, by which the page knows it. */
export const planChangedMeanwhileTitle = "Someone else saved first";

export const placePlanKept = z.strictObject({ id, name: z.string(), revision });
export type PlacePlanKept = z.infer<typeof placePlanKept>;

const figureContent = z.strictObject({
  of: z.enum(["cell", "ranking"]),
  from: londonDate,
  to: londonDate,
  days: z.string().nullable(),
  hours: z.string().nullable(),
  kinds: z.array(z.string()).readonly(),
  sources: z.array(z.string()).readonly(),
  types: z.array(z.string()).readonly().optional(),
  measure: z.enum(measures),
  resolution: z.int(),
  studyArea: z.string(),
  cells: z.int(),
  total: z.int(),
  test: z.string(),
  sentence: z.string(),
  rows: z
    .array(
      z.strictObject({
        cell: z.string(),
        place: z.string(),
        count: z.int(),
        expectedOwn: z.number().optional(),
        near: z.number(),
        expected: z.number(),
        q: z.number(),
        hot: z.boolean(),
        beside: z.boolean().optional(),
        by: z.enum(hotBys).nullish(),
        before: z.int().nullable(),
        change: z.number().nullable(),
        verdict: z.enum(changeVerdicts).nullish(),
        category: z.string().nullable(),
      }),
    )
    .readonly(),
});

const figure = z.strictObject({
  id,
  pinnedAt: instant,
  pinnedBy: z.string(),
  asAt: londonDate,
  content: figureContent,
});
export type PlanFigureReply = z.infer<typeof figure>;

const assessment = z.strictObject({
  operation: z.string(),
  revision,
  asAt: londonDate,
  sentence: z.string(),
});

const comment = z.strictObject({
  id: z.uuid(),
  partner: z.string(),
  /** Null for whoever reads that there was one, and not what. */
  words: z.string().nullable(),
  saidAt: instant,
  passedOn: londonDate.nullable(),
});

export const placePlanReply = z.strictObject({
  id,
  name: z.string(),
  revision,
  state: z.enum(planStates),
  result: z.string(),
  response,
  stopRule: z.string(),
  reviewOn: londonDate,
  isForMeeting: z.boolean(),
  createdAt: instant,
  changedAt: instant,
  changedBy: z.string(),
  /** For sergeant and analyst alone: who sees no event sees no figure, and no cell of one. */
  inner: z
    .strictObject({
      area,
      scanning: z.string(),
      analysis: z.string(),
      figures: z.array(figure),
      assessment: assessment.nullable(),
      /** Words that the coordinator has passed on, without whose they are. */
      heard: z.array(z.strictObject({ words: z.string(), passedOn: londonDate })),
    })
    .nullable(),
  /** For coordinator and auditor alone: police do not read which partners there are. */
  sharing: z
    .strictObject({
      partners: z.array(
        z.strictObject({ code: z.string(), name: z.string(), isShared: z.boolean() }),
      ),
      /**
       * The codes of partners that are written in its name or response. Whoever else it is shared with does not read
       * it while they are: one would learn of another.
       */
      named: z.array(z.string()),
      comments: z.array(comment),
    })
    .nullable(),
});
export type PlacePlanReply = z.infer<typeof placePlanReply>;

/** GET /api/place-plans : by review date, closed ones last. */
export const placePlansReply = z.strictObject({ asAt: londonDate, plans: z.array(placePlanReply) });
export type PlacePlansReply = z.infer<typeof placePlansReply>;

/** GET /api/place-plans/:id/history : newest first. */
export const planHistoryReply = z.strictObject({
  revisions: z.array(
    z.strictObject({
      revision,
      act: z.enum(["added", "changed", "assessed"]),
      at: instant,
      by: z.string(),
      /** Null for whoever may not read what it was. */
      changes: z.array(z.string()).readonly().nullable(),
    }),
  ),
});
export type PlanHistoryReply = z.infer<typeof planHistoryReply>;

export const figureKept = z.strictObject({ figure: id });

/** Words of a partner: 500 characters at most, about no person, and not when it comes; police may read them. */
const commentWords = z
  .string()
  .trim()
  .max(2000)
  .superRefine((words, context) => {
    const [fault] = faultsOfPartnerWords("words", words, { most: 500, isOptional: false });
    if (fault) context.addIssue({ code: "custom", message: fault.reason });
  });

/** POST /api/outreach/place-plans/:id/comments */
export const planCommentBody = z.strictObject({ words: commentWords });

/** GET /api/outreach/place-plans : those that are shared with the caller's own partner. */
export const sharedPlansReply = z.strictObject({
  plans: z.array(
    z.strictObject({
      id,
      name: z.string(),
      state: z.enum(planStates),
      response,
      reviewOn: londonDate,
      comments: z.array(z.strictObject({ words: z.string(), saidAt: instant })),
    }),
  ),
});
export type SharedPlansReply = z.infer<typeof sharedPlansReply>;

const actionFields = {
  words: z.string().max(4000),
  owner: z.enum(actionOwners),
  dueOn: londonDate,
};

/** POST /api/place-actions */
export const placeActionBody = z.strictObject({
  ...actionFields,
  planId: id.nullable(),
  /** The number of the meeting's pack that decided it. */
  packId: id.nullable(),
});

/** PUT /api/place-actions/:id */
export const changeActionBody = z.strictObject({
  ...actionFields,
  state: z.enum(actionStates),
  revision,
});
export type ChangeActionBody = z.infer<typeof changeActionBody>;
export type PlaceActionBody = z.infer<typeof placeActionBody>;

export const placeActionReply = z.strictObject({
  id,
  planId: id.nullable(),
  /** The name of its plan. */
  plan: z.string().nullable(),
  /** The number of the meeting that decided it. */
  meeting: z.int().nullable(),
  words: z.string(),
  owner: z.enum(actionOwners),
  dueOn: londonDate,
  state: z.enum(actionStates),
  closedOn: londonDate.nullable(),
  revision,
  isOverdue: z.boolean(),
  /** Whether the caller may change it. */
  isOwn: z.boolean(),
});
export type PlaceActionReply = z.infer<typeof placeActionReply>;

/** GET /api/place-actions : open ones by due date, then those that are over. */
export const placeActionsReply = z.strictObject({
  asAt: londonDate,
  actions: z.array(placeActionReply),
});
export type PlaceActionsReply = z.infer<typeof placeActionsReply>;
export const placeActionKept = z.strictObject({ id, revision });
