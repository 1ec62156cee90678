import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { eventCell } from "#core/contract/event-cell.ts";
import { columnTypes, date, id, instant, revision } from "#core/contract/fields.ts";
import { type H3Cell, isCell } from "#core/geo/cell.ts";
import { changeVerdicts } from "#core/hotspots/change.ts";
import { measures } from "#core/hotspots/wire/hotspots.ts";
import { actionOwners, actionStates } from "#core/place-plans/action.ts";
import { planAreaWays, planStates } from "#core/place-plans/plan.ts";
import { isPublicName } from "#core/places/gazetteer/names.ts";
import { hotBys } from "#core/stats/hot.ts";
import { faultsOfPartnerWords } from "#core/text/outreach-times.ts";

/** Place plans and actions, between page and server. */

const chosenCell = z.custom<H3Cell>(
  (value) => typeof value === "string" && isCell(value),
  "an H3 cell",
);

/** Above the stored limit: core/text/free-words.ts reports the length. */
const sentWords = z.string().trim().max(8000, "at most 1,000 characters");

/** A named street or area, picked cells, or a circle around a point. */
const area = z.strictObject({
  by: z.enum(planAreaWays),
  name: z
    .string()
    .min(1)
    .max(120)
    .refine(isPublicName, "the name of an area or a street")
    .nullable(),
  cells: z.array(eventCell).max(20_000).readonly(),
});

const response = z.strictObject({
  partners: sentWords,
  place: sentWords,
  diversion: sentWords,
  enforcement: sentWords,
});

const planFields = {
  /** Unique among plans. */
  name: z.string().trim().max(400),
  area,
  scanning: sentWords,
  analysis: sentWords,
  response,
  stopRule: sentWords,
  reviewOn: date,
  state: z.enum(planStates),
  /** The outcome; a closed plan has one. */
  result: sentWords,
  /** Whether partners at the meeting may read its place, response and dates. */
  isForMeeting: z.boolean(),
};

/** One place in the four parts of SARA, as written. Figures and assessment are pinned to it. */
export const placePlanBody = z.strictObject(planFields);
export type PlacePlan = z.infer<typeof placePlanBody>;
export type PlanArea = PlacePlan["area"];

/** PUT /api/place-plans/:id : the whole new plan, and the revision that was read. */
export const changePlacePlanBody = z.strictObject({ ...planFields, revision });

/** POST /api/place-plans/:id/figures : a Hotspots query, counted again and kept. */
export const pinBody = z.strictObject({
  query: z.record(z.string().max(40), z.string().max(4000)),
  /** One chosen cell; null for the first rows of the ranking. */
  cell: chosenCell.nullable(),
});

export type PinBody = z.infer<typeof pinBody>;

export const assessPlanBody = z.strictObject({ operation: z.string().min(1).max(80), revision });
export type AssessPlanBody = z.infer<typeof assessPlanBody>;

/** PUT /api/place-plans/:id/shares : the codes of the partners that may read its place and response. */
export const sharePlanBody = z.strictObject({ partners: z.array(z.string().max(40)).max(200) });

export const placePlanKept = z.strictObject({ id, name: z.string(), revision });
export type PlacePlanKept = z.infer<typeof placePlanKept>;

/** A figure of Hotspots with all that says how it came about. Frozen: it does not move when records change. */
const figureContent = z
  .strictObject({
    /** One chosen cell, or the first rows of the ranking. */
    of: z.enum(["cell", "ranking"]),
    from: date,
    to: date,
    /** As they were asked: `fri,sat` and `20-02`; null for all. */
    days: z.string().nullable(),
    hours: z.string().nullable(),
    kinds: z.array(z.string()).readonly(),
    sources: z.array(z.string()).readonly(),
    /** The sources' own words; missing where all types were counted. */
    types: z.array(z.string()).readonly().optional(),
    measure: z.enum(measures),
    resolution: z.int(),
    studyArea: z.string(),
    /** Cells of the study area, and events in all of it. */
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
          /** What an even spread gives it; missing, like `by` and `beside`, where it was pinned under the test of before. */
          expectedOwn: z.number().optional(),
          /** Events in the cell and its neighbours, and what an even spread gives these together. */
          near: z.number(),
          expected: z.number(),
          q: z.number(),
          hot: z.boolean(),
          beside: z.boolean().optional(),
          by: z.enum(hotBys).nullish(),
          before: z.int().nullable(),
          change: z.number().nullable(),
          /** What the change's own test says; null for other measures, and missing where it was pinned before that was kept. */
          verdict: z.enum(changeVerdicts).nullish(),
          category: z.string().nullable(),
        }),
      )
      .readonly(),
  })
  .register(columnTypes, { type: "jsonb" });

export type PinnedFigure = z.infer<typeof figureContent>;
export type FigureRow = PinnedFigure["rows"][number];

export const planFigure = z.strictObject({
  id,
  pinnedAt: instant,
  pinnedBy: z.string(),
  asAt: date,
  content: figureContent,
});
export type PlanFigureReply = z.infer<typeof planFigure>;

const assessment = z.strictObject({
  operation: z.string(),
  revision,
  asAt: date,
  sentence: z.string(),
});

export const planComment = z.strictObject({
  id: z.uuid(),
  partner: z.string(),
  /** Null for readers who may only know that there was one. */
  words: z.string().nullable(),
  saidAt: instant,
  passedOn: date.nullable(),
});

export const planHead = z.strictObject({
  id,
  name: z.string(),
  revision,
  state: z.enum(planStates),
  result: z.string(),
  response,
  stopRule: z.string(),
  reviewOn: date,
  isForMeeting: z.boolean(),
  createdAt: instant,
  changedAt: instant,
  changedBy: z.string(),
});
export type PlanHead = z.infer<typeof planHead>;

/** Police notes on a plan. */
export const planInner = z.strictObject({
  area,
  scanning: z.string(),
  analysis: z.string(),
  assessment: assessment.nullable(),
});

/** Words passed on by the coordinator, without their author. */
export const passedOnWords = z.strictObject({ words: z.string(), passedOn: date });

export const placePlanReply = planHead.extend({
  /** Sergeant and analyst only: a reader without events gets no figure and no cell. */
  inner: planInner
    .extend({ figures: z.array(planFigure), heard: z.array(passedOnWords) })
    .nullable(),
  /** Coordinator and auditor only: police are not told which partners there are. */
  sharing: z
    .strictObject({
      partners: z.array(
        z.strictObject({ code: z.string(), name: z.string(), isShared: z.boolean() }),
      ),
      /**
       * Codes of partners named in its name or response. While they are, other recipients cannot
       * read it: one partner would learn of another.
       */
      named: z.array(z.string()),
      comments: z.array(planComment),
    })
    .nullable(),
});
export type PlacePlanReply = z.infer<typeof placePlanReply>;

/** GET /api/place-plans : by review date, closed ones last. */
export const placePlansReply = z.strictObject({ asAt: date, plans: z.array(placePlanReply) });
export type PlacePlansReply = z.infer<typeof placePlansReply>;

/** GET /api/place-plans/:id/history : newest first. */
export const planRevision = z.strictObject({
  revision,
  act: z.enum(["added", "changed", "assessed"]),
  at: instant,
  by: z.string(),
});
export const planHistoryReply = z.strictObject({
  revisions: z.array(
    planRevision.extend({
      /** Null for readers who may not know. */
      changes: z.array(z.string()).readonly().nullable(),
    }),
  ),
});
export type PlanAct = z.infer<typeof planRevision>["act"];
export type PlanHistoryReply = z.infer<typeof planHistoryReply>;

export const figureKept = z.strictObject({ figure: id });

/** A partner's words: up to 500 characters, no person or visiting time; police may read them. */
const commentWords = z
  .string()
  .trim()
  .max(2000)
  .superRefine((words, context) => {
    const [fault] = faultsOfPartnerWords("words", words, { most: 500, isOptional: false });
    if (fault) context.addIssue({ code: "custom", message: fault.reason });
  });

export const planCommentBody = z.strictObject({ words: commentWords });

/** A plan as partners read it: one that is shared with them, or in the pack of their meeting. */
export const sharedPlan = planHead.pick({
  id: true,
  name: true,
  state: true,
  response: true,
  reviewOn: true,
});
export type SharedPlan = z.infer<typeof sharedPlan>;
export const ownComment = z.strictObject({ words: z.string(), saidAt: instant });
/** GET /api/outreach/place-plans : those shared with the caller's own partner. */
export const sharedPlansReply = z.strictObject({
  plans: z.array(sharedPlan.extend({ comments: z.array(ownComment) })),
});
export type SharedPlansReply = z.infer<typeof sharedPlansReply>;

const actionFields = {
  words: z.string().max(4000),
  owner: z.enum(actionOwners),
  dueOn: date,
};
export type ActionFields = Pick<PlaceActionBody, keyof typeof actionFields>;

export const placeActionBody = z.strictObject({
  ...actionFields,
  planId: id.nullable(),
  /** The number of the meeting's pack that decided it. */
  packId: id.nullable(),
});

export const changeActionBody = z.strictObject({
  ...actionFields,
  state: z.enum(actionStates),
  revision,
});
export type ChangeActionBody = z.infer<typeof changeActionBody>;
export type PlaceActionBody = z.infer<typeof placeActionBody>;

export const placeAction = z.strictObject({
  id,
  planId: id.nullable(),
  /** The name of its plan. */
  plan: z.string().nullable(),
  /** The number of the meeting that decided it. */
  meeting: z.int().nullable(),
  words: z.string(),
  owner: z.enum(actionOwners),
  dueOn: date,
  state: z.enum(actionStates),
  closedOn: date.nullable(),
  revision,
});
export const placeActionReply = placeAction.extend({
  isOverdue: z.boolean(),
  isOwn: z.boolean(),
});
export type PlaceActionReply = z.infer<typeof placeActionReply>;

/** GET /api/place-actions : open ones by due date, then the finished ones. */
export const placeActionsReply = z.strictObject({
  asAt: date,
  actions: z.array(placeActionReply),
});
export type PlaceActionsReply = z.infer<typeof placeActionsReply>;
export const placeActionKept = z.strictObject({ id, revision });

const planOnly = z.strictObject({ id: z.int() });

export const placePlanCalls = {
  list: call("GET /api/place-plans", { reply: placePlansReply }),
  add: call("POST /api/place-plans", { body: placePlanBody, reply: placePlanKept }),
  change: call("PUT /api/place-plans/:id", { body: changePlacePlanBody, reply: placePlanKept }),
  history: call("GET /api/place-plans/:id/history", { reply: planHistoryReply }),
  pin: call("POST /api/place-plans/:id/figures", { body: pinBody, reply: figureKept }),
  unpin: call("DELETE /api/place-plans/:id/figures/:figure", { reply: figureKept }),
  pinAgain: call("POST /api/place-plans/:id/figures/:figure/restore", { reply: figureKept }),
  assess: call("POST /api/place-plans/:id/assessment", {
    body: assessPlanBody,
    reply: placePlanKept,
  }),
  share: call("PUT /api/place-plans/:id/shares", { body: sharePlanBody, reply: planOnly }),
  passOn: call("POST /api/place-plans/:id/comments/:comment/pass-on", {
    params: { comment: z.uuid() },
    reply: planOnly,
  }),
  shared: call("GET /api/outreach/place-plans", { reply: sharedPlansReply }),
  comment: call("POST /api/outreach/place-plans/:id/comments", {
    body: planCommentBody,
    reply: sharedPlansReply,
  }),
  actions: call("GET /api/place-actions", { reply: placeActionsReply }),
  addAction: call("POST /api/place-actions", { body: placeActionBody, reply: placeActionKept }),
  changeAction: call("PUT /api/place-actions/:id", {
    body: changeActionBody,
    reply: placeActionKept,
  }),
};
