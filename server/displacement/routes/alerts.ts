import * as wire from "#core/displacement/wire/alerts.ts";
import { decide } from "#server/displacement/watch/decide.ts";
import { readAlerts } from "#server/displacement/watch/read-alerts.ts";
import { defineRoute, type Route } from "#server/http/route.ts";

const audience = ["sergeant", "analyst"] as const;

const listAlerts = defineRoute("GET /api/alerts", {
  summary: "Alerts around running operations, newest first, and when each was last checked",
  audience,
  audit: { verb: "consultation", act: "read alerts", purpose: "assessment" },
  replySchema: wire.alertsReply,
  handle: (context): Promise<wire.AlertsReply> => readAlerts(context, context.actor),
});

const acknowledge = defineRoute("POST /api/alerts/:id/acknowledge", {
  summary: "Acknowledge an alert, with the action taken",
  audience,
  audit: { verb: "alteration", act: "acknowledge an alert", purpose: "assessment" },
  params: wire.alertParams,
  body: wire.alertWordsBody,
  replySchema: wire.alertDecidedReply,
  handle: (context, { params, body }) =>
    decide(context, context.actor, { id: params.id, decision: "acknowledged", words: body.words }),
});

const handOver = defineRoute("POST /api/alerts/:id/hand-over", {
  summary: "Hand an alert over to a neighbour, by role; their outreach service first",
  audience,
  audit: { verb: "disclosure", act: "hand an alert over", purpose: "safeguarding" },
  params: wire.alertParams,
  body: wire.handOverBody,
  replySchema: wire.alertDecidedReply,
  handle: (context, { params, body: { neighbour, role, words } }) =>
    decide(context, context.actor, {
      id: params.id,
      decision: "handed_over",
      words,
      handed: { neighbour, role },
    }),
});

const close = defineRoute("POST /api/alerts/:id/close", {
  summary: "Close an alert, with its outcome",
  audience,
  audit: { verb: "alteration", act: "close an alert", purpose: "assessment" },
  params: wire.alertParams,
  body: wire.alertWordsBody,
  replySchema: wire.alertDecidedReply,
  handle: (context, { params, body }) =>
    decide(context, context.actor, { id: params.id, decision: "closed", words: body.words }),
});

export const alertRoutes: readonly Route[] = [listAlerts, acknowledge, handOver, close];
