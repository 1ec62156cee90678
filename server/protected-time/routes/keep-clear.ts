import { ceilToMark, floorToMark } from "#core/protected-time/occurrences.ts";
import { roundingMinutes } from "#core/protected-time/settings.ts";
import { shownUntil } from "#core/protected-time/shown-until.ts";
import {
  type KeepClearReply,
  keepClearQuery,
  keepClearReply,
} from "#core/protected-time/wire/keep-clear.ts";
import { formatInstant, minuteMs } from "#core/time/zone.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { countFootprintView } from "#server/protected-time/footprint-views.ts";
import { shownStretches } from "#server/protected-time/shown-stretches.ts";

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

export const keepClearRoutes: readonly Route[] = [readKeepClear];
