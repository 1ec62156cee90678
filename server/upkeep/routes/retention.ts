import { recordCalls } from "#core/records/wire/records.ts";
import { systemActor } from "#server/db/database.ts";
import { type Route, serve } from "#server/http/route.ts";
import { eventYears } from "#server/records/event-years.ts";
import { lastRemoval } from "#server/upkeep/retention/run-retention.ts";

/** Shown on Records at least a week before anything goes. */
export const retentionRoutes: readonly Route[] = [
  serve(recordCalls.retention, {
    summary: "Retention of events: period, announced deletions, last deletion",
    audience: ["analyst", "auditor", "admin"],
    audit: { none: "it shows dates and counts, nothing of an event" },
    handle: async ({ db, actor, zone, asAt }) => {
      const [announced, done] = await db.transaction(actor, async (tx) => [
        await lastRemoval(tx, "announced"),
        await lastRemoval(tx, "done"),
      ]);
      return {
        eventYears: await db.transaction(systemActor, eventYears),
        isOn: !asAt.demo,
        announced: announced && {
          before: announced.before,
          dueOn: zone.dateOf(announced.dueAt),
          count: announced.count,
        },
        done: done && {
          before: done.before,
          on: zone.dateOf(done.erasedAt ?? done.dueAt),
          count: done.erasedCount ?? 0,
        },
      };
    },
  }),
];
