import {
  decideIncidentsBody,
  decideIncidentsReply,
  incidentsReply,
} from "#core/records/wire/incidents.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { decideIncidents, readIncidents } from "#server/records/incidents.ts";

export const incidentRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    url: "/api/incidents",
    summary:
      "Records of one incident by their reference, to be merged or left, and those that were",
    audience: ["analyst"],
    audit: { verb: "consultation", act: "list records of one incident", purpose: "records" },
    replySchema: incidentsReply,
    handle: (context) => readIncidents(context, context.actor),
  }),
  defineRoute({
    method: "POST",
    url: "/api/incidents",
    summary: "Merge records of one incident, leave them as they are, or part them again",
    audience: ["analyst"],
    audit: { verb: "combination", act: "decide on records of one incident", purpose: "records" },
    body: decideIncidentsBody,
    bodyLimit: 1_000_000,
    replySchema: decideIncidentsReply,
    handle: (context, { body }) => decideIncidents(context, context.actor, body),
  }),
];
