import { qualityReply } from "#core/records/wire/quality.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { qualityOf } from "#server/records/quality.ts";

export const qualityRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    url: "/api/quality",
    summary: "What is known of the quality of the records, by kind and source",
    audience: ["sergeant", "analyst"],
    audit: { verb: "consultation", act: "read data quality", purpose: "records" },
    replySchema: qualityReply,
    handle: (context) => qualityOf(context, context.actor),
  }),
];
