import { type RetentionReply, retentionReply } from "#core/records/wire/retention.ts";
import { systemActor } from "#server/db/database.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { eventYears } from "#server/records/event-years.ts";
import { loadRemovals } from "#server/upkeep/queries/retention.ts";

/** Shown on Records at least a week before anything goes. */
export const retentionRoutes: readonly Route[] = [
  defineRoute("GET /api/retention", {
    summary: "Retention of events: period, announced deletions, last deletion",
    audience: ["analyst", "auditor", "admin"],
    audit: { none: "it shows dates and counts, nothing of an event" },
    replySchema: retentionReply,
    handle: async ({ db, actor, zone, asAt }): Promise<RetentionReply> => {
      const removals = await db.transaction(actor, loadRemovals);
      const years = await db.transaction(systemActor, eventYears);
      const open = removals.find(({ erasedAt }) => erasedAt === null);
      const done = removals.find(({ erasedAt }) => erasedAt !== null);
      return {
        eventYears: years,
        isOn: !asAt.demo,
        announced: open
          ? { before: open.before, dueOn: zone.dateOf(open.dueAt), count: open.count }
          : null,
        done: done
          ? {
              before: done.before,
              on: zone.dateOf(done.erasedAt ?? done.dueAt),
              count: done.erasedCount ?? 0,
            }
          : null,
      };
    },
  }),
];
