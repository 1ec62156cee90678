import { z } from "zod";
import { ceilToMark, floorToMark } from "#core/protected-time/occurrences.ts";
import { roundingMinutes } from "#core/protected-time/settings.ts";
import { shownUntil } from "#core/protected-time/shown-until.ts";
import {
  type KeepClearNoticesReply,
  type KeepClearReply,
  keepClearNoticesReply,
  keepClearQuery,
  keepClearReply,
} from "#core/protected-time/wire/keep-clear.ts";
import { dayMs, formatInstant, minuteMs } from "#core/time/zone.ts";
import type { Database } from "#server/db/database.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { windowsById } from "#server/patrols/queries/patrol-windows.ts";
import { type Describer, placeOf } from "#server/patrols/replies.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { countFootprintView } from "#server/protected-time/footprint-views.ts";
import { noticesForPolice } from "#server/protected-time/police-notices.ts";
import { confirmNotices, loadNotices } from "#server/protected-time/queries/notices.ts";
import { shownStretches } from "#server/protected-time/shown-stretches.ts";
import { timeOfDay } from "#server/protected-time/words.ts";

/** The one view that police have of protected time: one shape, today and 14 days more. */
const readKeepClear = defineRoute({
  method: "GET",
  url: "/api/keep-clear",
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

const readNotices = defineRoute({
  method: "GET",
  url: "/api/keep-clear/notices",
  summary: "Keep-clear times that changed at short notice, and own windows no longer available",
  audience: ["sergeant"],
  audit: { none: "it tells police of their own windows alone, and pages ask every minute" },
  replySchema: keepClearNoticesReply,
  handle: async ({ db, actor, zone, asAt }): Promise<KeepClearNoticesReply> => {
    const nameOf = await namesOf(db);
    return db.transaction(actor, async (tx) => {
      const rows = await tx.through("keeper", (keeper) => loadNotices(keeper, asAt.now() - dayMs));
      const notices: KeepClearNoticesReply["notices"] = [];
      for (const notice of noticesForPolice(rows)) {
        const windows = await windowsById(tx, notice.windowIds);
        notices.push({
          id: notice.key,
          toldAt: formatInstant(zone, notice.toldAt),
          confirmedAt: notice.confirmedAt === null ? null : formatInstant(zone, notice.confirmedAt),
          windows: windows.map((window) => ({
            planId: window.planId,
            windowId: window.label,
            start: formatInstant(zone, window.start),
            end: formatInstant(zone, window.end),
            place: placeOf(window, nameOf),
            unit: window.unit,
          })),
          sentence: noticeSentence(timeOfDay(zone, notice.toldAt), windows.length),
        });
      }
      return { notices };
    });
  },
});

const confirm = defineRoute({
  method: "POST",
  url: "/api/keep-clear/notices/:id/confirm",
  summary: "The duty contact confirms having read a change of keep-clear times",
  audience: ["sergeant"],
  audit: { verb: "alteration", act: "confirm a notice", purpose: "safeguarding" },
  params: z.strictObject({ id: z.uuid() }),
  replySchema: z.strictObject({ confirmed: z.boolean() }),
  handle: ({ db, actor, asAt, addDetail }, { params: { id } }) => {
    const notice = { key: id, person: actor.person, now: asAt.now() };
    addDetail({ notice: id });
    return db.transaction(actor, async (tx) => {
      const confirmed = await tx.through("keeper", (keeper) => confirmNotices(keeper, notice));
      if (confirmed) return { confirmed };
      throw new Problem(404, "No such notice", "There is no notice with this number.");
    });
  },
});

export const keepClearRoutes: readonly Route[] = [readKeepClear, readNotices, confirm];

/** A change is told also where boundaries and names cannot be read. */
function namesOf(db: Database): Promise<Describer["nameOf"]> {
  return placesOf({ db }).then(
    ({ nameOf }) => nameOf,
    () => () => "place without a name",
  );
}

function noticeSentence(time: string, windows: number): string {
  const changed = `Keep-clear times changed at ${time}.`;
  if (windows === 0) return `${changed} No approved patrol is affected.`;
  const what = windows === 1 ? "1 approved patrol is" : `${windows} approved patrols are`;
  return `${changed} ${what} no longer available.`;
}
