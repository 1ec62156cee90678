import { z } from "zod";
import * as wire from "#core/patrols/wire/board.ts";
import {
  dismissBody,
  planParams,
  planReply,
  windowChangeReply,
  windowParams,
} from "#core/patrols/wire/plan.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { addWindow } from "#server/patrols/add.ts";
import { dismissWindow } from "#server/patrols/dismiss.ts";
import { planChanges } from "#server/patrols/history.ts";
import { newPlan } from "#server/patrols/new-plan.ts";
import { planTable } from "#server/patrols/plan-files.ts";
import { restoreWindows } from "#server/patrols/restore.ts";
import { splitWindow } from "#server/patrols/split-window.ts";
import { planWorth } from "#server/patrols/worth.ts";

const purpose = "patrol_planning";

/** The week board: what a sergeant does to a plan beside what the planner suggests. */
export const planBoardRoutes: readonly Route[] = [
  defineRoute("POST /api/plans", {
    summary: "A plan without the planner: empty, or last week's agreed windows as far as they fit",
    audience: ["sergeant"],
    limit: "probe",
    audit: { verb: "combination", act: "start a plan by hand", purpose },
    body: wire.newPlanBody,
    replySchema: planReply,
    handle: (context, { body }) => newPlan(context, context.actor, body),
  }),
  defineRoute("POST /api/plans/:planId/windows", {
    summary: "Add a window; refused where it is not available",
    audience: ["sergeant"],
    limit: "probe",
    audit: { verb: "alteration", act: "add a patrol window", purpose },
    params: planParams,
    body: wire.newWindowBody,
    replySchema: windowChangeReply,
    handle: (context, { params, body }) =>
      addWindow(context, context.actor, { planId: params.planId, body }),
  }),
  defineRoute("POST /api/plans/:planId/windows/:windowId/split", {
    summary: "Split a window after one of its stops; refused where the rest fits nowhere",
    audience: ["sergeant"],
    limit: "probe",
    audit: { verb: "alteration", act: "split a patrol window", purpose },
    params: windowParams,
    body: wire.splitBody,
    replySchema: windowChangeReply,
    handle: (context, { params, body }) =>
      splitWindow(context, context.actor, {
        planId: params.planId,
        label: params.windowId,
        afterStop: body.afterStop,
      }),
  }),
  defineRoute("POST /api/plans/:planId/windows/:windowId/dismiss", {
    summary: "A lost patrol needs nothing in its place, or does after all",
    audience: ["sergeant"],
    limit: "probe",
    audit: { verb: "alteration", act: "dismiss a lost patrol", purpose },
    params: windowParams,
    body: dismissBody,
    replySchema: planReply,
    handle: (context, { params, body }) =>
      dismissWindow(context, context.actor, { ...params, ...body }),
  }),
  defineRoute("POST /api/plans/:planId/restore", {
    summary: "Make withdrawn patrols suggestions again, after a new check, all or none",
    audience: ["sergeant"],
    limit: "probe",
    audit: { verb: "alteration", act: "put back patrol windows", purpose },
    params: planParams,
    body: z.strictObject({ windowIds: z.array(z.string()).min(1).max(500) }),
    replySchema: planReply,
    handle: (context, { params, body }) =>
      restoreWindows(context, context.actor, { planId: params.planId, labels: body.windowIds }),
  }),
  defineRoute("GET /api/plans/:planId/changes", {
    summary: "What sergeants did to a plan, newest first",
    audience: ["sergeant"],
    audit: { verb: "consultation", act: "read the history of a plan", purpose },
    params: planParams,
    replySchema: wire.changesReply,
    handle: (context, { params }) => planChanges(context, context.actor, params.planId),
  }),
  defineRoute("GET /api/plans/:planId/worth", {
    summary: "What is expected at a plan's stops by hour of the week",
    audience: ["sergeant"],
    audit: { verb: "consultation", act: "read what a plan's stops are worth", purpose },
    params: planParams,
    replySchema: wire.worthReply,
    handle: (context, { params }) => planWorth(context, context.actor, params.planId),
  }),
  defineRoute("GET /api/plans/:planId/plan.csv", {
    summary: "A plan's agreed windows as a table, checked as it is issued",
    audience: ["sergeant"],
    audit: { verb: "disclosure", act: "export a plan", purpose },
    params: planParams,
    handle: async (context, { params }) => {
      const { name, text } = await planTable(context, context.actor, params.planId);
      return context.reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="${name}"`)
        .send(text);
    },
  }),
];
