import { controlDaysReply } from "#core/displacement/wire/control-days.ts";
import {
  type DisplacementReply,
  displacementQuery,
  displacementReply,
} from "#core/displacement/wire/displacement.ts";
import { assess } from "#server/displacement/assess.ts";
import { controlDayAnswer } from "#server/displacement/control-days.ts";
import { defineRoute, type Route } from "#server/http/route.ts";

const readDisplacement = defineRoute("GET /api/displacement", {
  summary: "Before and after for one operation: overall, in its rings, and along each boundary",
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

const readControlDays = defineRoute("GET /api/displacement/control-days", {
  summary:
    "Reports on random comparison days without patrols against other days, for finished weeks",
  audience: ["analyst"],
  audit: { verb: "consultation", act: "compare comparison days", purpose: "assessment" },
  replySchema: controlDaysReply,
  handle: (context) => controlDayAnswer(context, context.actor),
});

export const controlDayRoutes: readonly Route[] = [readControlDays];
