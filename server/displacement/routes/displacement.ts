import {
  type DisplacementReply,
  displacementQuery,
  displacementReply,
} from "#core/displacement/wire/displacement.ts";
import { assess } from "#server/displacement/assess.ts";
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
