import * as wire from "#core/patrols/wire/staffing.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { besidePlan } from "#server/patrols/beside.ts";
import {
  carryWeek,
  drawControl,
  pastControl,
  readWeek,
  writeWeek,
} from "#server/patrols/staffing.ts";

const read = defineRoute("GET /api/staffing", {
  summary: "Units on duty, what else takes them, and when interviews fit",
  audience: ["sergeant"],
  audit: { verb: "consultation", act: "read the staffing", purpose: "patrol_planning" },
  query: wire.staffingQuery,
  replySchema: wire.staffingReply,
  handle: (context, { query }) => readWeek(context, context.actor, query),
});

const write = defineRoute("PUT /api/staffing", {
  summary: "Replace the staffing of these days: all of it or none",
  audience: ["sergeant"],
  audit: { verb: "alteration", act: "change the staffing", purpose: "patrol_planning" },
  query: wire.staffingQuery,
  body: wire.staffingBody,
  replySchema: wire.staffingReply,
  handle: (context, { query, body }) => writeWeek(context, context.actor, { span: query, body }),
});

const carry = defineRoute("POST /api/staffing/carry", {
  summary: "Last week's duties for those of these days that nobody has staffed",
  audience: ["sergeant"],
  audit: { verb: "alteration", act: "carry the staffing over", purpose: "patrol_planning" },
  body: wire.carryBody,
  replySchema: wire.staffingReply,
  handle: (context, { body }) => carryWeek(context, context.actor, body),
});

const draw = defineRoute("POST /api/staffing/control-days", {
  summary: "Choose at random, once a week, the days on which the busiest places have no patrol",
  audience: ["sergeant"],
  audit: { verb: "alteration", act: "choose comparison days", purpose: "patrol_planning" },
  body: wire.controlDrawBody,
  replySchema: wire.controlDrawReply,
  handle: (context, { body }) => drawControl(context, context.actor, body),
});

const past = defineRoute("GET /api/staffing/control-days", {
  summary: "Comparison days of finished weeks, and the days they were chosen from",
  audience: ["analyst", "auditor"],
  audit: { verb: "consultation", act: "read past comparison days", purpose: "assessment" },
  query: wire.staffingQuery,
  replySchema: wire.pastControlReply,
  handle: (context, { query }) => pastControl(context, context.actor, query),
});

const beside = defineRoute("GET /api/plans/beside", {
  summary: "What may help where a patrol does not: partner-led places, and places to change",
  audience: ["sergeant"],
  audit: {
    verb: "combination",
    act: "read what may help beside patrols",
    purpose: "patrol_planning",
  },
  replySchema: wire.besideReply,
  handle: (context) => besidePlan(context, context.actor),
});

export const staffingRoutes: readonly Route[] = [read, write, carry, draw, past, beside];
