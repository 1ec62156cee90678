import { debriefBody, debriefsQuery, debriefsReply } from "#core/patrols/wire/debrief.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { readDebriefs, saveDebrief } from "#server/patrols/debrief.ts";

const purpose = "patrol_planning";

/** What was done, in one pass at the end of a shift: all of it except what is named. */
export const debriefRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    url: "/api/debriefs",
    summary: "Shifts of some days with what was planned and done, and the dose by place",
    audience: ["sergeant"],
    audit: { verb: "consultation", act: "read debriefs", purpose },
    query: debriefsQuery,
    replySchema: debriefsReply,
    handle: (context, { query }) => readDebriefs(context, context.actor, query),
  }),
  defineRoute({
    method: "PUT",
    url: "/api/debriefs",
    summary: "Debrief a shift that is over: all done except what is named",
    audience: ["sergeant"],
    audit: { verb: "collection", act: "debrief a shift", purpose },
    body: debriefBody,
    replySchema: debriefsReply,
    handle: (context, { body }) => saveDebrief(context, context.actor, body),
  }),
];
