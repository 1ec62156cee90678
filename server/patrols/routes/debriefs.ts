import { type DoseReply, doseReply } from "#core/hotspots/wire/dose.ts";
import { debriefBody, debriefsQuery, debriefsReply } from "#core/patrols/wire/debrief.ts";
import { dayMs, parseLocalDate } from "#core/time/zone.ts";
import { knownUntil } from "#server/acts/services.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { readDebriefs, saveDebrief } from "#server/patrols/debrief.ts";
import { loadDayMinutes } from "#server/patrols/queries/patrol-visits.ts";

const purpose = "patrol_planning";

/** What was done, in one pass at the end of a shift: all of it except what is named. */
export const debriefRoutes: readonly Route[] = [
  defineRoute("GET /api/debriefs", {
    summary: "Shifts of some days with what was planned and done, and the dose by place",
    audience: ["sergeant"],
    audit: { verb: "consultation", act: "read debriefs", purpose },
    query: debriefsQuery,
    replySchema: debriefsReply,
    handle: (context, { query }) => readDebriefs(context, context.actor, query),
  }),
  defineRoute("PUT /api/debriefs", {
    summary: "Debrief a shift that is over: all done except what is named",
    audience: ["sergeant"],
    audit: { verb: "collection", act: "debrief a shift", purpose },
    body: debriefBody,
    replySchema: debriefsReply,
    handle: (context, { body }) => saveDebrief(context, context.actor, body),
  }),
];

/** What police finds are set against; by cell and day, for those who see patrols that were. */
export const doseRoutes: readonly Route[] = [
  defineRoute("GET /api/dose", {
    summary: "Logged patrol minutes by cell and day",
    audience: ["sergeant", "analyst"],
    audit: { verb: "consultation", act: "read patrol hours", purpose: "problem_solving" },
    replySchema: doseReply,
    handle: async (context): Promise<DoseReply> => {
      const { db, actor, zone, addDetail } = context;
      const asked = { before: knownUntil(context), timeZone: zone.name };
      const rows = await db.transaction(actor, async (tx) => {
        const found = await loadDayMinutes(tx, asked);
        addDetail({ to: zone.dateOf(asked.before), rows: found.length });
        return found;
      });
      const cells = [...new Set(rows.map(({ cell }) => cell))];
      const indexOf = new Map(cells.map((cell, index) => [cell, index] as const));
      return {
        cells,
        cell: rows.map(({ cell }) => indexOf.get(cell) ?? 0),
        day: rows.map(({ date }) => parseLocalDate(date) / dayMs),
        minutes: rows.map(({ minutes }) => minutes),
      };
    },
  }),
];
