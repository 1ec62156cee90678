import type { AuditNote } from "#core/audit.ts";
import { debriefCalls } from "#core/patrols/wire/debrief.ts";
import { firstPageCalls } from "#core/patrols/wire/first-page.ts";
import { forecastRecordCall, forecastSealCalls } from "#core/patrols/wire/forecast-seals.ts";
import { staffingCalls } from "#core/patrols/wire/staffing.ts";
import type { Role } from "#core/role.ts";
import { type Route, serve } from "#server/http/route.ts";
import { besidePlan } from "#server/patrols/beside.ts";
import { readDebriefs } from "#server/patrols/debrief.ts";
import { saveDebrief } from "#server/patrols/debrief-save.ts";
import { readForecastRecord } from "#server/patrols/forecast-record.ts";
import { confirmNotice, readNotices } from "#server/patrols/notices.ts";
import { exportSeals, readSeals } from "#server/patrols/seals/store.ts";
import { carryWeek, readWeek, writeWeek } from "#server/patrols/staffing.ts";
import { readDose } from "#server/patrols/visits.ts";

/** What routes of planning have in common: who calls them, and what of it is noted. */
export function planningBy(...audience: readonly Role[]) {
  const noted = (verb: AuditNote["verb"], act: string) => ({
    audience,
    audit: { verb, act, purpose: "patrol_planning" } satisfies AuditNote,
  });
  return {
    noted,
    /** Limited, since it could probe for closed hours and places. */
    probed: (...note: Parameters<typeof noted>) => ({ ...noted(...note), limit: "probe" as const }),
  };
}

const purpose = "patrol_planning";
const { noted } = planningBy("sergeant");

export const staffingRoutes: readonly Route[] = [
  serve(staffingCalls.read, {
    ...noted("consultation", "read the staffing"),
    summary: "Units on duty, what else takes them, and when interviews fit",
    handle: (act, { query }) => readWeek(act, query),
  }),
  serve(staffingCalls.write, {
    ...noted("alteration", "change the staffing"),
    summary: "Replace the staffing of these days: all of it or none",
    handle: (act, { query, body }) => writeWeek(act, query, body),
  }),
  serve(staffingCalls.carry, {
    ...noted("alteration", "carry the staffing over"),
    summary: "Last week's duties for those of these days that nobody has staffed",
    handle: (act, { body }) => carryWeek(act, body),
  }),
  serve(staffingCalls.beside, {
    ...noted("combination", "read what may help beside patrols"),
    summary: "What may help where a patrol does not: partner-led places, and places to change",
    handle: (act) => besidePlan(act),
  }),
];

export const debriefRoutes: readonly Route[] = [
  serve(debriefCalls.read, {
    summary: "Shifts of some days with what was planned and done, and the dose by place",
    audience: ["sergeant", "warden"],
    audit: { verb: "consultation", act: "read debriefs", purpose },
    handle: (act, { query }) => readDebriefs(act, query),
  }),
  serve(debriefCalls.save, {
    summary: "Debrief a shift that is over: all done except what is named",
    audience: ["sergeant", "warden"],
    audit: { verb: "collection", act: "debrief a shift", purpose },
    handle: (act, { body }) => saveDebrief(act, body),
  }),
];

export const doseRoutes: readonly Route[] = [
  serve(firstPageCalls.dose, {
    summary: "Logged patrol minutes by cell and day",
    audience: ["sergeant", "analyst"],
    audit: { verb: "consultation", act: "read patrol hours", purpose: "problem_solving" },
    handle: (act) => readDose(act),
  }),
];

export const forecastRoutes: readonly Route[] = [
  serve(forecastRecordCall, {
    summary:
      "How the forecast did on the last 24 months beside plain counts, each from what was known at its start",
    audience: ["sergeant", "analyst"],
    audit: { verb: "consultation", act: "backtest forecasts", purpose: "assessment" },
    handle: (act) => readForecastRecord(act),
  }),
  serve(forecastSealCalls.read, {
    summary: "Forecasts sealed before their week began, and how each did",
    audience: ["sergeant", "analyst"],
    audit: { verb: "consultation", act: "read sealed forecasts", purpose: "assessment" },
    handle: (act) => readSeals(act),
  }),
  serve(forecastSealCalls.file, {
    summary: "The sealed forecasts with what came, as JSON lines that anyone can verify",
    audience: ["sergeant", "analyst"],
    audit: { verb: "disclosure", act: "export sealed forecasts", purpose: "assessment" },
    handle: async (act) => {
      const { file } = await exportSeals(act);
      const name = `boxster-forecasts-to-${act.asAt.date()}.jsonl`;
      return act.reply
        .type("application/x-ndjson")
        .header("content-disposition", `attachment; filename="${name}"`)
        .send(file);
    },
  }),
];

export const noticeRoutes: readonly Route[] = [
  serve(firstPageCalls.notices, {
    summary: "Keep-clear times that changed at short notice, and own patrols no longer available",
    audience: ["sergeant", "warden"],
    audit: { none: "it tells police of their own patrols alone, and pages ask every minute" },
    handle: (act) => readNotices(act),
  }),
  serve(firstPageCalls.confirmNotice, {
    summary: "The duty contact confirms having read a change of keep-clear times",
    audience: ["sergeant", "warden"],
    audit: { verb: "alteration", act: "confirm a notice", purpose: "safeguarding" },
    handle: (act, { id }) => confirmNotice(act, id),
  }),
];
