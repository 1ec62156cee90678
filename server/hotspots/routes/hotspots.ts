import { hotspotsQuery, hotspotsReply } from "#core/hotspots/wire/hotspots.ts";
import { renderHotspots } from "#server/hotspots/compute.ts";
import { defineRoute, type Route } from "#server/http/route.ts";

export const hotspotRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    url: "/api/hotspots",
    summary: "Cells ranked by reports in a period, with the exact test",
    audience: ["sergeant", "analyst"],
    audit: { verb: "consultation", act: "read hotspots", purpose: "problem_solving" },
    query: hotspotsQuery,
    replySchema: hotspotsReply,
    handle: (context, { query }) => {
      context.reply.type("application/json; charset=utf-8");
      return renderHotspots(context, context.actor, query);
    },
  }),
];
