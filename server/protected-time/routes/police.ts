import { z } from "zod";
import { ceilToMark, floorToMark } from "#core/protected-time/occurrences.ts";
import { sessionDays } from "#core/protected-time/retention.ts";
import { roundingMinutes, takeBackMinutes } from "#core/protected-time/settings.ts";
import { shownUntil } from "#core/protected-time/shown-until.ts";
import {
  type KeepClearReply,
  keepClearQuery,
  keepClearReply,
} from "#core/protected-time/wire/keep-clear.ts";
import * as wire from "#core/protected-time/wire/police.ts";
import { dayMs, formatInstant, minuteMs } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { spotOf, wholePlace } from "#server/places/asked-place.ts";
import { placesOf } from "#server/places/places.ts";
import { countFootprintView } from "#server/protected-time/footprint-views.ts";
import { asPartner } from "#server/protected-time/partners.ts";
import { mayBeThere } from "#server/protected-time/police-ask.ts";
import {
  logAttended,
  ownAttended,
  takeBackAttended,
} from "#server/protected-time/police-attended.ts";
import { shownStretches } from "#server/protected-time/protected-stretches.ts";
import { loadAttended } from "#server/protected-time/queries/past-visits.ts";

/** Sergeants alone: whoever may ask of every place and time may as well be shown the hatch. */
const ask = defineRoute("POST /api/keep-clear/ask", {
  summary: "Check a place and time: yes or no for all of it, from what police are shown",
  audience: ["sergeant"],
  limit: "probe",
  // Neither where nor when: a row of such lines would tell what is closed. A no alone counts as refused, for the limit.
  audit: { verb: "consultation", act: "ask whether a place is free", purpose: "safeguarding" },
  body: wire.askBody,
  replySchema: wire.askReply,
  handle: async (context, { body }) => {
    const { db, actor, zone, asAt, refuse } = context;
    const now = asAt.now();
    const asked = {
      ...(await wholePlace(context, body)),
      from: Date.parse(body.from),
      to: Date.parse(body.to),
    };
    return db.transaction(actor, async (tx) => {
      const seen = new Set<string>();
      const reply = await mayBeThere(tx, { zone, now }, asked, seen);
      await countFootprintView(tx, actor, { day: asAt.date(), seen });
      if (reply.answer === "no") refuse();
      return reply;
    });
  },
});

const log = defineRoute("POST /api/police-attended", {
  summary: "Log that police attended an emergency: never blocked, and answered alike everywhere",
  audience: ["sergeant"],
  audit: { verb: "collection", act: "log an emergency attended", purpose: "safeguarding" },
  body: wire.attendedBody,
  replySchema: wire.attendedReply,
  handle: async (context, { body }) => {
    const { actor, addDetail, zone } = context;
    const from = Date.parse(body.from);
    addDetail({ from: zone.dateOf(from) });
    const spot = await spotOf(context, body);
    return onOwnLog(context, async (tx, moment) => {
      await logAttended(tx, moment, {
        ...spot,
        from,
        to: Date.parse(body.to),
        by: actor.person,
      });
    });
  },
});

const takeBack = defineRoute("DELETE /api/police-attended/:id", {
  summary: "Undo, within the hour, a line about an emergency",
  audience: ["sergeant"],
  audit: { verb: "erasure", act: "undo an emergency attended", purpose: "safeguarding" },
  params: z.strictObject({ id: z.uuid() }),
  replySchema: wire.attendedReply,
  handle: async (context, { params: { id } }) => {
    context.addDetail({ attendance: id });
    return onOwnLog(context, (tx, moment) => takeBackAttended(tx, moment, id));
  },
});

const list = defineRoute("GET /api/police-attended", {
  summary: "Emergencies that police logged in the last 14 days",
  audience: ["sergeant"],
  audit: { verb: "consultation", act: "read emergencies attended", purpose: "safeguarding" },
  replySchema: wire.attendedReply,
  handle: (context) => onOwnLog(context, async () => undefined),
});

const own = defineRoute("GET /api/outreach/attended", {
  summary: "Emergencies that police attended at own sessions",
  audience: ["partner"],
  audit: { verb: "consultation", act: "read emergencies at own sessions", purpose: "safeguarding" },
  replySchema: wire.ownAttendedReply,
  handle: (context) =>
    asPartner(context, async (mine) => {
      const reply = await ownAttended(mine.tx, mine, mine.partnerId);
      context.addDetail({ rows: reply.attended.length });
      return reply;
    }),
});

export const policeRoutes: readonly Route[] = [ask, log, takeBack, list, own];

/** Does something to police's own log, and answers what is in it: the same words whatever lies near. */
async function onOwnLog(
  context: RequestContext,
  work: (tx: Transaction, moment: { zone: RequestContext["zone"]; now: number }) => Promise<void>,
): Promise<wire.AttendedReply> {
  const { db, actor, zone, asAt } = context;
  const { nameOf } = await placesOf(context);
  const now = asAt.now();
  const rows = await db.transaction(actor, async (tx) => {
    await work(tx, { zone, now });
    return loadAttended(tx, now - sessionDays * dayMs);
  });
  return {
    attended: rows.map(({ key, cell, place, from, to, loggedAt }) => {
      const until = loggedAt + takeBackMinutes * minuteMs;
      return {
        id: key,
        cell,
        place: place ?? nameOf(cell),
        from: formatInstant(zone, from),
        to: formatInstant(zone, to),
        loggedAt: formatInstant(zone, loggedAt),
        takeBackUntil: until < now ? null : formatInstant(zone, until),
      };
    }),
  };
}

/** The one view that police have of protected time: one shape, today and 14 days more. */
const readKeepClear = defineRoute("GET /api/keep-clear", {
  summary: "Protected time as one shape, from today to 14 days ahead",
  audience: ["sergeant"],
  audit: { verb: "consultation", act: "read keep-clear times", purpose: "safeguarding" },
  query: keepClearQuery,
  replySchema: keepClearReply,
  handle: async (context, { query }): Promise<KeepClearReply> => {
    const { db, actor, zone, asAt, addDetail } = context;
    const now = asAt.now();
    const today = asAt.date();
    const first = zone.startOfDate(today);
    const until = shownUntil(zone, today);
    // On the marks of protected time, so that clipping tells nothing that the marks do not.
    const mark = roundingMinutes * minuteMs;
    const askedFrom = query.from === undefined ? first : Date.parse(query.from);
    const askedTo = query.to === undefined ? until : Date.parse(query.to);
    const from = Math.max(floorToMark(zone, askedFrom, mark), first);
    const to = Math.min(ceilToMark(zone, askedTo, mark), until);
    addDetail({ from: zone.dateOf(from), to: zone.dateOf(to) });
    const stretches =
      from < to
        ? await db.transaction(actor, async (tx) => {
            const seen = new Set<string>();
            const shown = await shownStretches(tx, { zone, now, from, to, seen });
            await countFootprintView(tx, actor, { day: today, seen });
            addDetail({ stretches: shown.length });
            return shown;
          })
        : [];
    return {
      until: formatInstant(zone, until),
      stretches: stretches.map((stretch) => ({
        from: formatInstant(zone, stretch.from),
        to: formatInstant(zone, stretch.to),
        cells: [...stretch.cells],
      })),
    };
  },
});

export const keepClearRoutes: readonly Route[] = [readKeepClear];
