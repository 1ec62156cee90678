import { z } from "zod";
import {
  calendarImportBody,
  calendarImportReply,
  calendarReply as calendarReplySchema,
  confirmBody,
  footprintViewsReply,
  occurrencesQuery,
  occurrencesReply,
  policeCameBody,
  recordReply,
} from "#core/protected-time/wire/outreach.ts";
import { isTimeDoubted } from "#core/time/clock-doubt.ts";
import type { AsAt } from "#server/acts/services.ts";
import { lastDoubt } from "#server/db/clock.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { importFromDevice } from "#server/protected-time/calendar-file/apply-import.ts";
import { calendarOf, confirmCalendar } from "#server/protected-time/calendars.ts";
import { extendClosures } from "#server/protected-time/close-sessions.ts";
import { countOutsideReader, footprintViews } from "#server/protected-time/footprint-views.ts";
import { occurrencesOf } from "#server/protected-time/occurrences.ts";
import { asPartner, type Own } from "#server/protected-time/partners.ts";
import { keptClearRecord } from "#server/protected-time/past-visits.ts";
import { reportPoliceCame, takeBackPoliceCame } from "#server/protected-time/police-came.ts";
import { remindedAt } from "#server/protected-time/queries/coordinator.ts";
import { readLeaving } from "#server/protected-time/queries/leaving.ts";
import { calendarReply } from "#server/protected-time/replies.ts";
import { ownSession } from "#server/protected-time/sessions.ts";

const policeCame = defineRoute("POST /api/outreach/sessions/:id/police-came", {
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

const takeBack = defineRoute("POST /api/outreach/sessions/:id/police-came/take-back", {
  summary: "Undo, within the hour, a report that police came",
  audience: ["partner"],
  audit: { verb: "erasure", act: "undo a report that police came", purpose: "safeguarding" },
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

const readRecord = defineRoute("GET /api/outreach/record", {
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

const readCalendar = defineRoute("GET /api/outreach/calendar", {
  summary: "When the own calendar was last confirmed",
  audience: ["partner"],
  audit: { verb: "consultation", act: "read own calendar", purpose: "safeguarding" },
  replySchema: calendarReplySchema,
  handle: (context) => asPartner(context, (own) => ownCalendar(own, context.asAt)),
});

const confirm = defineRoute("POST /api/outreach/calendar/confirm", {
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
      return ownCalendar(own, context.asAt);
    }),
});

const readViews = defineRoute("GET /api/outreach/views", {
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

/** Some hundred entries with their exceptions. */
const largestCalendar = 2_000_000;

const importCalendar = defineRoute("POST /api/outreach/calendar/import", {
  summary: "Close what the partner's own device read of a calendar file: times and places only",
  audience: ["partner"],
  audit: { verb: "collection", act: "import own calendar", purpose: "safeguarding" },
  bodyLimit: largestCalendar,
  body: calendarImportBody,
  replySchema: calendarImportReply,
  handle: (context, { body }) =>
    asPartner(context, async (own) => {
      const reply = await importFromDevice(own, body);
      context.addDetail({ sessions: reply.added, rejected: body.unread });
      return reply;
    }),
});

const readOccurrences = defineRoute("GET /api/outreach/occurrences", {
  summary: "Own sessions of some days, cancelled ones too",
  audience: ["partner"],
  audit: { verb: "consultation", act: "read own sessions by date", purpose: "safeguarding" },
  query: occurrencesQuery,
  replySchema: occurrencesReply,
  handle: (context, { query }) =>
    asPartner(context, async (own) => {
      const { tx, partnerId } = own;
      await countOutsideReader(own, context.asAt.date());
      const occurrences = await occurrencesOf(tx, own, { partnerId, days: query });
      context.addDetail({ ...query, sessions: occurrences.length });
      return { occurrences };
    }),
});

export const outreachCalendarRoutes: readonly Route[] = [
  importCalendar,
  readOccurrences,
  policeCame,
  takeBack,
  readRecord,
  readCalendar,
  confirm,
  readViews,
];

async function ownCalendar(own: Own, asAt: AsAt) {
  const knowledge = await calendarOf(own.tx, own, own.partnerId);
  return calendarReply(own, knowledge, {
    remindedAt: await remindedAt(own.tx, own.partnerId),
    leaving: await readLeaving(own.tx, own.partnerId),
    isClockDoubted: isTimeDoubted(lastDoubt(asAt)),
  });
}
