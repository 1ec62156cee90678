import { z } from "zod";
import * as wire from "#core/patrols/wire/plan.ts";
import { addDays } from "#core/time/zone.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { agreePlan } from "#server/patrols/agree.ts";
import { briefing } from "#server/patrols/briefing.ts";
import { changeWindow } from "#server/patrols/change.ts";
import { checkNumber } from "#server/patrols/issue.ts";
import { planCalendar } from "#server/patrols/plan-files.ts";
import { walkedPart } from "#server/patrols/replies.ts";
import { listPlans } from "#server/patrols/stored.ts";
import { streamSuggestion } from "#server/patrols/suggest-stream.ts";
import { takeBackPlan, withdrawPlan } from "#server/patrols/withdraw.ts";

const suggest = defineRoute("POST /api/plans/suggest", {
  summary: "Suggest a plan: one JSON message a line, the greedy plan first; closing it cancels",
  audience: ["sergeant"],
  limit: "probe",
  audit: { verb: "combination", act: "suggest patrols", purpose: "patrol_planning" },
  body: wire.suggestBody,
  handle: async (context, { body }) => {
    const stream = await streamSuggestion(context, body);
    return context.reply
      .header("cache-control", "no-store")
      .type("application/x-ndjson")
      .send(stream);
  },
});

const list = defineRoute("GET /api/plans", {
  summary:
    "Plans whose days share one with these; analysts and auditors read agreed windows once they are over",
  audience: ["sergeant", "analyst", "auditor"],
  audit: { verb: "consultation", act: "read plans", purpose: "patrol_planning" },
  query: wire.plansQuery,
  replySchema: wire.plansReply,
  handle: async (context, { query }) => {
    const stored = await listPlans(context, context.actor, query);
    const plans =
      context.actor.role === "sergeant"
        ? stored
        : stored
            .map((plan) => walkedPart(plan, context.asAt.now()))
            .filter(({ windows }) => windows.length > 0);
    return { from: query.from, to: addDays(query.from, query.days - 1), plans };
  },
});

const agree = defineRoute("POST /api/plans/:planId/agree", {
  summary: "Agree a plan or some of its windows: all of them or none",
  audience: ["sergeant"],
  limit: "probe",
  audit: { verb: "alteration", act: "agree patrols", purpose: "patrol_planning" },
  params: wire.planParams,
  body: wire.windowChoice,
  replySchema: wire.planReply,
  handle: (context, { params, body }) =>
    agreePlan(context, context.actor, { planId: params.planId, labels: body.windowIds }),
});

const withdraw = defineRoute("POST /api/plans/:planId/withdraw", {
  summary: "Withdraw a plan or some of its windows that have not begun",
  audience: ["sergeant"],
  limit: "probe",
  audit: { verb: "alteration", act: "withdraw patrols", purpose: "patrol_planning" },
  params: wire.planParams,
  body: wire.windowChoice,
  replySchema: wire.planReply,
  handle: (context, { params, body }) =>
    withdrawPlan(context, context.actor, { planId: params.planId, labels: body.windowIds }),
});

const takeBack = defineRoute("POST /api/plans/:planId/take-back", {
  summary: "Make agreed windows suggestions again: the whole plan, or some windows of it",
  audience: ["sergeant"],
  limit: "probe",
  audit: { verb: "alteration", act: "undo an approval", purpose: "patrol_planning" },
  params: wire.planParams,
  body: wire.windowChoice,
  replySchema: wire.planReply,
  handle: (context, { params, body }) =>
    takeBackPlan(context, context.actor, { planId: params.planId, labels: body.windowIds }),
});

const change = defineRoute("PATCH /api/plans/:planId/windows/:windowId", {
  summary: "Change a window's times, stops or unit; refused where it is not available",
  audience: ["sergeant"],
  limit: "probe",
  audit: { verb: "alteration", act: "change a patrol window", purpose: "patrol_planning" },
  params: wire.windowParams,
  body: wire.windowChange,
  replySchema: wire.windowChangeReply,
  handle: (context, { params, body }) =>
    changeWindow(context, context.actor, {
      planId: params.planId,
      label: params.windowId,
      change: body,
    }),
});

const readBriefing = defineRoute("GET /api/plans/:planId/briefing", {
  summary: "The briefing of a plan's agreed windows, checked as it is issued",
  audience: ["sergeant"],
  audit: { verb: "disclosure", act: "issue a briefing", purpose: "patrol_planning" },
  params: wire.planParams,
  replySchema: wire.briefingReply,
  handle: (context, { params }) => briefing(context, context.actor, params.planId),
});

const readCalendar = defineRoute("GET /api/plans/:planId/calendar.ics", {
  summary: "One week of a plan's agreed windows as a calendar file, checked as it is issued",
  audience: ["sergeant"],
  audit: { verb: "disclosure", act: "export a calendar", purpose: "patrol_planning" },
  params: wire.planParams,
  handle: async (context, { params }) => {
    const { name, text } = await planCalendar(context, context.actor, params.planId);
    return context.reply
      .type("text/calendar; charset=utf-8")
      .header("content-disposition", `attachment; filename="${name}"`)
      .send(text);
  },
});

const readNumber = defineRoute("GET /api/plans/numbers/:number", {
  summary: "Whether a printed sheet with this number still stands",
  audience: ["sergeant"],
  limit: "probe",
  audit: { verb: "consultation", act: "check the number of a sheet", purpose: "patrol_planning" },
  params: z.strictObject({ number: z.string().max(40) }),
  replySchema: wire.numberReply,
  handle: (context, { params }) => checkNumber(context, context.actor, params.number),
});

export const planRoutes: readonly Route[] = [
  suggest,
  list,
  agree,
  withdraw,
  takeBack,
  change,
  readBriefing,
  readCalendar,
  readNumber,
];
