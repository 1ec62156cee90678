import { planCalls } from "#core/patrols/wire/board.ts";
import { addDays } from "#core/time/zone.ts";
import { type RequestContext, type Route, serve } from "#server/http/route.ts";
import { addWindow } from "#server/patrols/add.ts";
import { agreePlan, restoreWindows } from "#server/patrols/agree.ts";
import { briefing } from "#server/patrols/briefing.ts";
import { changeWindow, splitWindow } from "#server/patrols/change.ts";
import { planChanges } from "#server/patrols/history.ts";
import { checkNumber } from "#server/patrols/issue.ts";
import { newPlan } from "#server/patrols/new-plan.ts";
import { planCalendar, planTable } from "#server/patrols/plan-files.ts";
import { listPlans } from "#server/patrols/stored.ts";
import { streamSuggestion } from "#server/patrols/suggest.ts";
import { dismissWindow, takeBackPlan, withdrawPlan } from "#server/patrols/withdraw.ts";
import { planWorth } from "#server/patrols/worth.ts";

const purpose = "patrol_planning";
const audience = ["sergeant"] as const;
/** Limited, since it could probe for closed hours and places. */
const probed = { audience, limit: "probe" } as const;

export const planRoutes: readonly Route[] = [
  serve(planCalls.suggest, {
    ...probed,
    summary: "Suggest a plan: one JSON message a line, the greedy plan first; closing it cancels",
    audit: { verb: "combination", act: "suggest patrols", purpose },
    handle: async (act, { body }) => {
      const stream = await streamSuggestion(act, body);
      return act.reply
        .header("cache-control", "no-store")
        .type("application/x-ndjson")
        .send(stream);
    },
  }),
  serve(planCalls.list, {
    summary:
      "Plans whose days share one with these; analysts and auditors read agreed windows once they are over",
    audience: ["sergeant", "analyst", "auditor"],
    audit: { verb: "consultation", act: "read plans", purpose },
    handle: async (act, { query: { from, days } }) => ({
      from,
      to: addDays(from, days - 1),
      plans: await listPlans(act, { from, days }),
    }),
  }),
  serve(planCalls.agree, {
    ...probed,
    summary: "Agree a plan or some of its windows: all of them or none",
    audit: { verb: "alteration", act: "agree patrols", purpose },
    handle: (act, { planId, body }) => agreePlan(act, planId, body.windowIds),
  }),
  serve(planCalls.withdraw, {
    ...probed,
    summary: "Withdraw a plan or some of its windows that have not begun",
    audit: { verb: "alteration", act: "withdraw patrols", purpose },
    handle: (act, { planId, body }) => withdrawPlan(act, planId, body.windowIds),
  }),
  serve(planCalls.takeBack, {
    ...probed,
    summary: "Make agreed windows suggestions again: the whole plan, or some windows of it",
    audit: { verb: "alteration", act: "undo an approval", purpose },
    handle: (act, { planId, body }) => takeBackPlan(act, planId, body.windowIds),
  }),
  serve(planCalls.changeWindow, {
    ...probed,
    summary: "Change a window's times, stops or unit; refused where it is not available",
    audit: { verb: "alteration", act: "change a patrol window", purpose },
    handle: (act, { body, ...window }) => changeWindow(act, window, body),
  }),
  serve(planCalls.briefing, {
    summary: "The briefing of a plan's agreed windows, checked as it is issued",
    audience,
    audit: { verb: "disclosure", act: "issue a briefing", purpose },
    handle: (act, { planId }) => briefing(act, planId),
  }),
  serve(planCalls.calendar, {
    summary: "One week of a plan's agreed windows as a calendar file, checked as it is issued",
    audience,
    audit: { verb: "disclosure", act: "export a calendar", purpose },
    handle: async (act, { planId }) => sendFile(act, "text/calendar", planCalendar(act, planId)),
  }),
  serve(planCalls.number, {
    ...probed,
    summary: "Whether a printed sheet with this number still stands",
    audit: { verb: "consultation", act: "check the number of a sheet", purpose },
    handle: (act, { number }) => checkNumber(act, number),
  }),
];

export const planBoardRoutes: readonly Route[] = [
  serve(planCalls.start, {
    ...probed,
    summary: "A plan without the planner: empty, or last week's agreed windows as far as they fit",
    audit: { verb: "combination", act: "start a plan by hand", purpose },
    handle: (act, { body }) => newPlan(act, body),
  }),
  serve(planCalls.addWindow, {
    ...probed,
    summary: "Add a window; refused where it is not available",
    audit: { verb: "alteration", act: "add a patrol window", purpose },
    handle: (act, { planId, body }) => addWindow(act, planId, body),
  }),
  serve(planCalls.splitWindow, {
    ...probed,
    summary: "Split a window after one of its stops; refused where the rest fits nowhere",
    audit: { verb: "alteration", act: "split a patrol window", purpose },
    handle: (act, { body, ...window }) => splitWindow(act, window, body.afterStop),
  }),
  serve(planCalls.dismiss, {
    ...probed,
    summary: "A lost patrol needs nothing in its place, or does after all",
    audit: { verb: "alteration", act: "dismiss a lost patrol", purpose },
    handle: (act, { body, ...lost }) => dismissWindow(act, lost, body.dismissed),
  }),
  serve(planCalls.restore, {
    ...probed,
    summary: "Make withdrawn patrols suggestions again, after a new check, all or none",
    audit: { verb: "alteration", act: "put back patrol windows", purpose },
    handle: (act, { planId, body }) => restoreWindows(act, planId, body.windowIds),
  }),
  serve(planCalls.changes, {
    summary: "What sergeants did to a plan, newest first",
    audience,
    audit: { verb: "consultation", act: "read the history of a plan", purpose },
    handle: (act, { planId }) => planChanges(act, planId),
  }),
  serve(planCalls.worth, {
    summary: "What is expected at a plan's stops by hour of the week",
    audience,
    audit: { verb: "consultation", act: "read what a plan's stops are worth", purpose },
    handle: (act, { planId }) => planWorth(act, planId),
  }),
  serve(planCalls.table, {
    summary: "A plan's agreed windows as a table, checked as it is issued",
    audience,
    audit: { verb: "disclosure", act: "export a plan", purpose },
    handle: async (act, { planId }) => sendFile(act, "text/csv", planTable(act, planId)),
  }),
];

async function sendFile(
  { reply }: RequestContext,
  type: string,
  file: Promise<{ readonly name: string; readonly text: string }>,
) {
  const { name, text } = await file;
  return reply
    .type(`${type}; charset=utf-8`)
    .header("content-disposition", `attachment; filename="${name}"`)
    .send(text);
}
