import { controlDaysReply } from "#core/displacement/wire/control-days.ts";
import { controlDayAnswer } from "#server/displacement/control-days.ts";
import { defineRoute, type Route } from "#server/http/route.ts";

const readControlDays = defineRoute({
  method: "GET",
  url: "/api/displacement/control-days",
  summary: "What days left without a patrol by lot tell of patrols, of whole weeks that are over",
  audience: ["analyst"],
  audit: { verb: "consultation", act: "compare control days", purpose: "assessment" },
  replySchema: controlDaysReply,
  handle: (context) => controlDayAnswer(context, context.actor),
});

export const controlDayRoutes: readonly Route[] = [readControlDays];
