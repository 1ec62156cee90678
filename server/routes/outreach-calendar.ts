import { z } from "zod";
import {
  calendarReply as calendarReplySchema,
  confirmBody,
  footprintViewsReply,
  policeCameBody,
  recordReply,
} from "#core/wire/outreach.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { asPartner, type Own } from "#server/outreach/as-partner.ts";
import { calendarOf, confirmCalendar } from "#server/outreach/calendars.ts";
import { extendClosures } from "#server/outreach/close-sessions.ts";
import { footprintViews } from "#server/outreach/footprint-views.ts";
import { reportPoliceCame, takeBackPoliceCame } from "#server/outreach/police-came.ts";
import { keptClearRecord } from "#server/outreach/record.ts";
import { calendarReply } from "#server/outreach/replies.ts";
import { ownSession } from "#server/outreach/sessions.ts";
import { remindedAt } from "#server/queries/coordinator.ts";

const policeCame = defineRoute({
  method: "POST",
  url: "/api/outreach/sessions/:id/police-came",
  summary: "Report that police came to a session: it was not kept clear",
  audience: ["partner"],
  audit: { verb: "collection", act: "report that police came", purpose: "safeguarding" },
  params: z.strictObject({ id: z.uuid() }),
  body: policeCameBody,
  replySchema: recordReply,
  handle: (context, { params: { id }, body }) =>
    asPartner(context, async (own) => {
      context.addDetail({ session: id });
      const session = await ownSession(own.tx, own.partnerId, id);
      await reportPoliceCame(own.tx, own, { session, date: body.date });
      return keptClearRecord(own.tx, own, own.partnerId);
    }),
});

const takeBack = defineRoute({
  method: "POST",
  url: "/api/outreach/sessions/:id/police-came/take-back",
  summary: "Take back, within the hour, that police came",
  audience: ["partner"],
  audit: { verb: "erasure", act: "take back a report that police came", purpose: "safeguarding" },
  params: z.strictObject({ id: z.uuid() }),
  body: policeCameBody,
  replySchema: recordReply,
  handle: (context, { params: { id }, body }) =>
    asPartner(context, async (own) => {
      context.addDetail({ session: id });
      const session = await ownSession(own.tx, own.partnerId, id);
      await takeBackPoliceCame(own.tx, own, { session, date: body.date });
      return keptClearRecord(own.tx, own, own.partnerId);
    }),
});

const readRecord = defineRoute({
  method: "GET",
  url: "/api/outreach/record",
  summary: "Own past sessions and whether each was kept clear",
  audience: ["partner"],
  audit: { verb: "consultation", act: "read own record", purpose: "safeguarding" },
  replySchema: recordReply,
  handle: (context) =>
    asPartner(context, async (own) => {
      const record = await keptClearRecord(own.tx, own, own.partnerId);
      context.addDetail({ sessions: record.of });
      return record;
    }),
});

const readCalendar = defineRoute({
  method: "GET",
  url: "/api/outreach/calendar",
  summary: "When the own calendar was last confirmed",
  audience: ["partner"],
  audit: { verb: "consultation", act: "read own calendar", purpose: "safeguarding" },
  replySchema: calendarReplySchema,
  handle: (context) => asPartner(context, ownCalendar),
});

const confirm = defineRoute({
  method: "POST",
  url: "/api/outreach/calendar/confirm",
  summary: "Confirm that the own calendar is complete as of now",
  audience: ["partner"],
  audit: { verb: "alteration", act: "confirm own calendar", purpose: "safeguarding" },
  body: confirmBody,
  replySchema: calendarReplySchema,
  handle: (context, { body }) =>
    asPartner(context, async (own) => {
      // Once a week at least: a good moment to take what is closed up to the horizon again.
      await extendClosures(own.tx, own);
      await confirmCalendar(own.tx, own, { partnerId: own.partnerId, ...body });
      return ownCalendar(own);
    }),
});

const readViews = defineRoute({
  method: "GET",
  url: "/api/outreach/views",
  summary: "Who was shown the own footprints or planned around them: by day and role how often",
  audience: ["partner"],
  audit: { verb: "consultation", act: "read who looked at own times", purpose: "oversight" },
  replySchema: footprintViewsReply,
  handle: (context) =>
    asPartner(context, async ({ tx, partnerId }) => {
      const reply = await footprintViews(tx, { partnerId, today: context.asAt.date() });
      context.addDetail({ from: reply.since, rows: reply.views.length });
      return reply;
    }),
});

export const outreachCalendarRoutes: readonly Route[] = [
  policeCame,
  takeBack,
  readRecord,
  readCalendar,
  confirm,
  readViews,
];

async function ownCalendar(own: Own) {
  const knowledge = await calendarOf(own.tx, own, own.partnerId);
  return calendarReply(own, knowledge, await remindedAt(own.tx, own.partnerId));
}
