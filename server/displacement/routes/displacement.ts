import { controlDaysReply } from "#core/displacement/wire/control-days.ts";
import {
  type DisplacementReply,
  displacementQuery,
  displacementReply,
} from "#core/displacement/wire/displacement.ts";
import { assess } from "#server/displacement/assess.ts";
import { controlDayAnswer } from "#server/displacement/control-days.ts";
import { defineRoute, type Route } from "#server/http/route.ts";

const readDisplacement = defineRoute({
  method: "GET",
  url: "/api/displacement",
  summary: "Before and after for one operation: overall, in its rings, and along each edge",
  audience: ["sergeant", "analyst"],
  audit: { verb: "consultation", act: "assess displacement", purpose: "assessment" },
  query: displacementQuery,
  replySchema: displacementReply,
  handle: async (context, { query }): Promise<DisplacementReply> => {
    const { reply, zones } = await assess(context, context.actor, query);
    return { ...reply, zones };
  },
});

export const displacementRoutes: readonly Route[] = [readDisplacement];

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
