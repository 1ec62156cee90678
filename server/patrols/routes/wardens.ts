import { patrolPartnerCalls } from "#core/patrols/wire/patrol-partners.ts";
import { wardenCalls } from "#core/patrols/wire/wardens.ts";
import { type Route, serve } from "#server/http/route.ts";
import * as partners from "#server/patrols/patrol-partners.ts";
import { planningBy } from "#server/patrols/routes/duty.ts";
import { checkWardenNumber, wardenBriefing } from "#server/patrols/warden-briefing.ts";
import { readOwnStaffing, writeOwnStaffing } from "#server/patrols/warden-staffing.ts";
import { agreeOwn, changeOwn, readWardenWindows, withdrawOwn } from "#server/patrols/wardens.ts";

const { noted, probed } = planningBy("warden");

export const patrolPartnerRoutes: readonly Route[] = [
  serve(patrolPartnerCalls.list, {
    summary: "Who patrols beside police: wardens, marshals, security; a coordinator reads its own",
    audience: ["admin", "sergeant", "analyst", "auditor", "warden"],
    audit: { none: "names, kinds and areas of patrols in uniform, which are no secret" },
    handle: (act) => partners.readPatrolPartners(act),
  }),
  serve(patrolPartnerCalls.add, {
    summary: "Add a patrol partner, for accounts of the role warden",
    audience: ["admin"],
    audit: { verb: "alteration", act: "add a patrol partner", purpose: "administration" },
    handle: (act, { body }) => partners.addPatrolPartner(act, body),
  }),
  serve(patrolPartnerCalls.change, {
    summary: "Change a patrol partner's name, kind, walking speed or areas",
    audience: ["admin"],
    audit: { verb: "alteration", act: "change a patrol partner", purpose: "administration" },
    handle: (act, { code, body }) => partners.changePatrolPartner(act, code, body),
  }),
];

export const wardenRoutes: readonly Route[] = [
  serve(wardenCalls.windows, {
    ...noted("consultation", "read own patrols"),
    summary: "Own patrols of some days: suggested, approved, no longer available",
    handle: (act, { query }) => readWardenWindows(act, query),
  }),
  serve(wardenCalls.agree, {
    ...probed("alteration", "approve patrols"),
    summary: "Approve own patrols: of each plan all of them or none",
    handle: (act, { body }) => agreeOwn(act, body.windows),
  }),
  serve(wardenCalls.withdraw, {
    ...probed("alteration", "withdraw patrols"),
    summary: "Withdraw own patrols that have not begun",
    handle: (act, { body }) => withdrawOwn(act, body.windows),
  }),
  serve(wardenCalls.change, {
    ...probed("alteration", "change a patrol window"),
    summary: "Change times, stops or unit of an own patrol; refused where it is not available",
    handle: (act, { body, ...window }) => changeOwn(act, window, body),
  }),
  serve(wardenCalls.briefing, {
    ...noted("disclosure", "issue a briefing"),
    summary: "The briefing of own approved patrols, checked as it is issued",
    handle: (act, { query }) => wardenBriefing(act, query),
  }),
  serve(wardenCalls.number, {
    ...probed("consultation", "check the number of a sheet"),
    summary: "Whether a printed sheet of own patrols with this number is still valid",
    handle: (act, { number }) => checkWardenNumber(act, number),
  }),
  serve(wardenCalls.staffing, {
    ...noted("consultation", "read the staffing"),
    summary: "Own units on duty",
    handle: (act, { query }) => readOwnStaffing(act, query),
  }),
  serve(wardenCalls.writeStaffing, {
    ...noted("alteration", "change the staffing"),
    summary: "Replace own duties of these days: all of them or none",
    handle: (act, { query, body }) => writeOwnStaffing(act, query, body),
  }),
];
