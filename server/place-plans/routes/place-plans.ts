import { z } from "zod";
import * as wire from "#core/place-plans/wire/place-plans.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { addAction, changeWholeAction, readActions } from "#server/place-plans/actions.ts";
import { namesToWithhold } from "#server/place-plans/partner-names.ts";
import { assessPlan, moveFigure, pinFigure } from "#server/place-plans/pin.ts";
import { addPlan, changeWholePlan } from "#server/place-plans/plans.ts";
import { readPlanHistory, readPlans } from "#server/place-plans/read-plans.ts";
import { commentOnPlan, passOn, sharedPlans, sharePlan } from "#server/place-plans/sharing.ts";
import { asPartner } from "#server/protected-time/partners.ts";

const purpose = "problem_solving";
const planId = z.strictObject({ id: z.int() });
/** Eight fields of a thousand characters, as many octets again for other alphabets, and the cells. */
const largestPlan = 512 * 1024;

const plans: readonly Route[] = [
  defineRoute("GET /api/place-plans", {
    summary: "Place plans by review date, as the caller's role may see them",
    audience: ["sergeant", "analyst", "coordinator", "auditor"],
    audit: { verb: "consultation", act: "read place plans", purpose },
    replySchema: wire.placePlansReply,
    handle: (context) => readPlans(context, context.actor),
  }),
  defineRoute("POST /api/place-plans", {
    summary: "Add a place plan; text about a person is refused",
    audience: ["sergeant", "analyst"],
    audit: { verb: "collection", act: "add a place plan", purpose },
    body: wire.placePlanBody,
    bodyLimit: largestPlan,
    replySchema: wire.placePlanKept,
    handle: (context, { body }) => addPlan(context, context.actor, body),
  }),
  defineRoute("PUT /api/place-plans/:id", {
    summary: "Change a place plan, unless someone else has changed it since it was read",
    audience: ["sergeant", "analyst"],
    audit: { verb: "alteration", act: "change a place plan", purpose },
    params: wire.placePlanParams,
    body: wire.changePlacePlanBody,
    bodyLimit: largestPlan,
    replySchema: wire.placePlanKept,
    handle: (context, { params: { id }, body: { revision, ...body } }) =>
      changeWholePlan(context, context.actor, { id, revision, body }),
  }),
  defineRoute("GET /api/place-plans/:id/history", {
    summary: "Every revision of a place plan: who changed it and when",
    audience: ["sergeant", "analyst", "coordinator", "auditor"],
    audit: { verb: "consultation", act: "read a place plan's history", purpose },
    params: wire.placePlanParams,
    replySchema: wire.planHistoryReply,
    handle: (context, { params }) => readPlanHistory(context, context.actor, params.id),
  }),
  defineRoute("POST /api/place-plans/:id/figures", {
    summary: "Pin a Hotspots figure to a place plan with its method; counted again, then frozen",
    audience: ["sergeant", "analyst"],
    audit: { verb: "collection", act: "pin a figure to a place plan", purpose },
    params: wire.placePlanParams,
    body: wire.pinBody,
    replySchema: wire.figureKept,
    handle: (context, { params: { id }, body }) =>
      pinFigure(context, context.actor, { planId: id, ...body }),
  }),
  defineRoute("DELETE /api/place-plans/:id/figures/:figure", {
    summary: "Remove a pinned figure from a place plan",
    audience: ["sergeant", "analyst"],
    audit: { verb: "alteration", act: "take a figure off a place plan", purpose },
    params: wire.planFigureParams,
    replySchema: wire.figureKept,
    handle: (context, { params: { id, figure } }) =>
      moveFigure(context, context.actor, { planId: id, figure, isOn: false }),
  }),
  defineRoute("POST /api/place-plans/:id/figures/:figure/restore", {
    summary: "Restore a removed figure",
    audience: ["sergeant", "analyst"],
    audit: { verb: "alteration", act: "put a figure back on a place plan", purpose },
    params: wire.planFigureParams,
    replySchema: wire.figureKept,
    handle: (context, { params: { id, figure } }) =>
      moveFigure(context, context.actor, { planId: id, figure, isOn: true }),
  }),
  defineRoute("POST /api/place-plans/:id/assessment", {
    summary: "Pin an operation's current assessment to a place plan",
    audience: ["sergeant", "analyst"],
    audit: { verb: "collection", act: "assess a place plan", purpose: "assessment" },
    params: wire.placePlanParams,
    body: wire.assessPlanBody,
    replySchema: wire.placePlanKept,
    handle: (context, { params, body }) =>
      assessPlan(context, context.actor, { planId: params.id, ...body }),
  }),
];

const sharing: readonly Route[] = [
  defineRoute("PUT /api/place-plans/:id/shares", {
    summary: "Share a plan's place and response with these partners only",
    audience: ["coordinator"],
    audit: { verb: "disclosure", act: "share a place plan", purpose },
    params: wire.placePlanParams,
    body: wire.sharePlanBody,
    replySchema: planId,
    handle: (context, { params, body }) =>
      sharePlan(context, context.actor, { planId: params.id, codes: body.partners }),
  }),
  defineRoute("POST /api/place-plans/:id/comments/:comment/pass-on", {
    summary: "Pass a partner's comment on to police, without the name",
    audience: ["coordinator"],
    audit: { verb: "disclosure", act: "pass a partner's comment on", purpose },
    params: wire.planCommentParams,
    replySchema: planId,
    handle: (context, { params: { id, comment } }) =>
      passOn(context, context.actor, { planId: id, comment }),
  }),
  defineRoute("GET /api/outreach/place-plans", {
    summary: "Place plans shared with the caller's partner, with its own comments",
    audience: ["partner"],
    audit: { verb: "consultation", act: "read shared place plans", purpose },
    replySchema: wire.sharedPlansReply,
    handle: async (context) => {
      const all = await namesToWithhold(context);
      return asPartner(context, async (own) => {
        const reply = await sharedPlans({ ...own, all });
        context.addDetail({ plans: reply.plans.length });
        return reply;
      });
    },
  }),
  defineRoute("POST /api/outreach/place-plans/:id/comments", {
    summary: "Comment on a shared plan, to the coordinator",
    audience: ["partner"],
    audit: { verb: "collection", act: "comment on a place plan", purpose },
    params: wire.placePlanParams,
    body: wire.planCommentBody,
    replySchema: wire.sharedPlansReply,
    handle: async (context, { params, body }) => {
      const all = await namesToWithhold(context);
      return asPartner(context, (own) => {
        context.addDetail({ plan: params.id });
        return commentOnPlan({ ...own, all }, { planId: params.id, words: body.words });
      });
    },
  }),
];

const actions: readonly Route[] = [
  defineRoute("GET /api/place-actions", {
    summary: "Place actions by office and due date",
    audience: ["sergeant", "analyst", "coordinator", "auditor"],
    audit: { verb: "consultation", act: "read place actions", purpose },
    replySchema: wire.placeActionsReply,
    handle: (context) => readActions(context, context.actor),
  }),
  defineRoute("POST /api/place-actions", {
    summary: "Add a place action: an office and a day, never a person",
    audience: ["sergeant", "analyst", "coordinator"],
    audit: { verb: "collection", act: "add a place action", purpose },
    body: wire.placeActionBody,
    replySchema: wire.placeActionKept,
    handle: (context, { body }) => addAction(context, context.actor, body),
  }),
  defineRoute("PUT /api/place-actions/:id", {
    summary: "Change a place action, or mark it done or dropped",
    audience: ["sergeant", "analyst", "coordinator"],
    audit: { verb: "alteration", act: "change a place action", purpose },
    params: wire.placePlanParams,
    body: wire.changeActionBody,
    replySchema: wire.placeActionKept,
    handle: (context, { params, body }) =>
      changeWholeAction(context, context.actor, { id: params.id, body }),
  }),
];

export const placePlanRoutes: readonly Route[] = [...plans, ...sharing, ...actions];
