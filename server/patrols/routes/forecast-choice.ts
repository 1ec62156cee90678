import * as wire from "#core/patrols/wire/forecast-choice.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { chooseForecast, readChosen } from "#server/patrols/forecast-choice.ts";
import { forecastRecord } from "#server/patrols/forecast-record.ts";

export const forecastChoiceRoutes: readonly Route[] = [
  defineRoute("GET /api/forecast-choice", {
    summary: "Which forecast Plan uses, who chose it and when; null while nobody has",
    audience: ["analyst"],
    audit: { none: "a setting tells of no event and no person on the map" },
    replySchema: wire.forecastChoiceReply,
    handle: async ({ db, actor }) => ({ chosen: await db.transaction(actor, readChosen) }),
  }),
  defineRoute("PUT /api/forecast-choice", {
    summary: "Choose the forecast that Plan uses from now on; plans that are made keep theirs",
    audience: ["analyst"],
    audit: { verb: "alteration", act: "choose the forecast", purpose: "patrol_planning" },
    body: wire.forecastChoiceBody,
    replySchema: wire.forecastChoiceReply,
    handle: (context, { body }) => chooseForecast(context, context.actor, body),
  }),
  defineRoute("GET /api/forecast-choice/record", {
    summary: "How each forecast did on the last 24 months, each from what was known at its start",
    audience: ["analyst"],
    audit: { verb: "consultation", act: "backtest forecasts", purpose: "assessment" },
    replySchema: wire.forecastRecordReply,
    handle: (context) => forecastRecord(context, context.actor),
  }),
];
