import * as wire from "#core/place-plans/wire/meeting.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import {
  issuePack,
  putSeries,
  readMeeting,
  readPack,
  seriesCalendar,
} from "#server/place-plans/meeting.ts";

const purpose = "problem_solving";

export const meetingRoutes: readonly Route[] = [
  defineRoute("GET /api/meeting", {
    summary: "Meeting dates, and packs issued",
    audience: ["sergeant", "analyst", "coordinator", "auditor"],
    audit: { verb: "consultation", act: "read the meeting series", purpose },
    replySchema: wire.meetingReply,
    handle: (context) => readMeeting(context, context.actor),
  }),
  defineRoute("PUT /api/meeting/series", {
    summary: "Set the day of each month on which partners meet",
    audience: ["sergeant", "analyst", "coordinator"],
    audit: { verb: "alteration", act: "change the meeting series", purpose },
    body: wire.seriesBody,
    replySchema: wire.seriesKept,
    handle: (context, { body }) => putSeries(context, context.actor, body),
  }),
  defineRoute("POST /api/meeting/packs", {
    summary: "Make and freeze the pack of a meeting; no totals of partners' sessions",
    audience: ["sergeant", "analyst", "coordinator"],
    audit: { verb: "disclosure", act: "issue a meeting pack", purpose },
    body: wire.packBody,
    replySchema: wire.packReply,
    handle: (context, { body }) => issuePack(context, context.actor, body),
  }),
  defineRoute("GET /api/meeting/packs/:id", {
    summary: "A meeting pack as it was issued",
    audience: ["sergeant", "analyst", "coordinator", "auditor"],
    audit: { verb: "consultation", act: "read a meeting pack", purpose },
    params: wire.packParams,
    replySchema: wire.packReply,
    handle: (context, { params }) => readPack(context, context.actor, params.id),
  }),
  defineRoute("GET /api/meeting/calendar.ics", {
    summary: "The monthly meeting as a calendar file with a neutral title, in local time",
    audience: ["sergeant", "analyst", "coordinator"],
    audit: { verb: "disclosure", act: "export the meeting calendar", purpose },
    handle: async (context) => {
      const text = await seriesCalendar(context, context.actor);
      return context.reply
        .type("text/calendar; charset=utf-8")
        .header("content-disposition", 'attachment; filename="meeting.ics"')
        .send(text);
    },
  }),
];
