import { planCalls } from "#core/patrols/wire/board.ts";
import { addDays } from "#core/time/zone.ts";
import { type RequestContext, type Route, serve } from "#server/http/route.ts";
import { addWindow } from "#server/patrols/add.ts";
import { agreePlan, restoreWindows } from "#server/patrols/agree.ts";
import { briefing } from "#server/patrols/briefing.ts";
import { changeWindow, splitWindow } from "#server/patrols/change.ts";
import { encountersKnown } from "#server/patrols/encounters.ts";
import { planChanges } from "#server/patrols/history.ts";
import { checkNumber } from "#server/patrols/issue.ts";
import { newPlan } from "#server/patrols/new-plan.ts";
import { planCalendar, planTable } from "#server/patrols/plan-files.ts";
import { planningBy } from "#server/patrols/routes/duty.ts";
import { listPlans } from "#server/patrols/stored.ts";
import { streamSuggestion } from "#server/patrols/suggest.ts";
import { risesShown } from "#server/patrols/waiting.ts";
import { dismissWindow, takeBackPlan, withdrawPlan } from "#server/patrols/withdraw.ts";
import { planWorth } from "#server/patrols/worth.ts";

const { noted, probed } = planningBy("sergeant");

export const planRoutes: readonly Route[] = [
  serve(planCalls.suggest, {
    ...probed("combination", "suggest patrols"),
    summary: "Suggest a plan: one JSON message a line, the greedy plan first; closing it cancels",
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
      "Plans whose days share one with these; analysts and auditors read approved patrols once they are over",
    audience: ["sergeant", "analyst", "auditor"],
    audit: { verb: "consultation", act: "read plans", purpose: "patrol_planning" },
    handle: async (act, { query: { from, days } }) => ({
      from,
      to: addDays(from, days - 1),
      plans: await listPlans(act, { from, days }),
      rises: await risesShown(act),
    }),
  }),
  serve(planCalls.agree, {
    ...probed("alteration", "approve patrols"),
    summary: "Approve a plan or some of its patrols: all of them or none",
    handle: (act, { planId, body }) => agreePlan(act, planId, body.windowIds),
  }),
  serve(planCalls.withdraw, {
    ...probed("alteration", "withdraw patrols"),
    summary: "Withdraw a plan or some of its patrols that have not begun",
    handle: (act, { planId, body }) => withdrawPlan(act, planId, body.windowIds),
  }),
  serve(planCalls.takeBack, {
    ...probed("alteration", "undo an approval"),
    summary: "Make approved patrols suggestions again: the whole plan, or some patrols of it",
    handle: (act, { planId, body }) => takeBackPlan(act, planId, body.windowIds),
  }),
  serve(planCalls.changeWindow, {
    ...probed("alteration", "change a patrol window"),
    summary: "Change a patrol's times, stops or unit; refused where it is not available",
    handle: (act, { body, ...window }) => changeWindow(act, window, body),
  }),
  serve(planCalls.briefing, {
    ...noted("disclosure", "issue a briefing"),
    summary: "The briefing of a plan's approved patrols, checked as it is issued",
    handle: (act, { planId }) => briefing(act, planId),
  }),
  serve(planCalls.calendar, {
    ...noted("disclosure", "export a calendar"),
    summary: "One week of a plan's approved patrols as a calendar file, checked as it is issued",
    handle: async (act, { planId }) => sendFile(act, "text/calendar", planCalendar(act, planId)),
  }),
  serve(planCalls.number, {
    ...probed("consultation", "check the number of a sheet"),
    summary: "Whether a printed sheet with this number is still valid",
    handle: (act, { number }) => checkNumber(act, number),
  }),
];

export const planBoardRoutes: readonly Route[] = [
  serve(planCalls.start, {
    ...probed("combination", "start a plan by hand"),
    summary:
      "A plan without the planner: empty, or last week's approved patrols as far as they fit",
    handle: (act, { body }) => newPlan(act, body),
  }),
  serve(planCalls.addWindow, {
    ...probed("alteration", "add a patrol window"),
    summary: "Add a patrol; refused where it is not available",
    handle: (act, { planId, body }) => addWindow(act, planId, body),
  }),
  serve(planCalls.splitWindow, {
    ...probed("alteration", "split a patrol window"),
    summary: "Split a patrol after one of its stops; refused where the rest fits nowhere",
    handle: (act, { body, ...window }) => splitWindow(act, window, body.afterStop),
  }),
  serve(planCalls.dismiss, {
    ...probed("alteration", "dismiss a lost patrol"),
    summary: "A lost patrol needs nothing in its place, or does after all",
    handle: (act, { body, ...lost }) => dismissWindow(act, lost, body.dismissed),
  }),
  serve(planCalls.restore, {
    ...probed("alteration", "put back patrol windows"),
    summary: "Make withdrawn patrols suggestions again, after a new check, all or none",
    handle: (act, { planId, body }) => restoreWindows(act, planId, body.windowIds),
  }),
  serve(planCalls.changes, {
    ...noted("consultation", "read the history of a plan"),
    summary: "What sergeants did to a plan, newest first",
    handle: (act, { planId }) => planChanges(act, planId),
  }),
  serve(planCalls.encounters, {
    ...noted("consultation", "read whether a plan can go by encounters"),
    summary: "Whether enough sightings are on record for a plan to go by encounters",
    handle: encountersKnown,
  }),
  serve(planCalls.worth, {
    ...noted("consultation", "read what a plan's stops are worth"),
    summary: "What is expected at a plan's stops by hour of the week",
    handle: (act, { planId }) => planWorth(act, planId),
  }),
  serve(planCalls.table, {
    ...noted("disclosure", "export a plan"),
    summary: "A plan's approved patrols as a table, checked as it is issued",
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
