import { z } from "zod";
import { type ClockReply, clockReply } from "#core/accounts/wire/clock.ts";
import { call } from "#core/contract/call.ts";
import { recordCalls } from "#core/records/wire/records.ts";
import type { Role } from "#core/role.ts";
import { doubtWords } from "#core/time/clock-doubt.ts";
import type { Services } from "#server/acts/services.ts";
import { lookAtClocks } from "#server/db/clock.ts";
import { systemActor } from "#server/db/database.ts";
import { takesKeptRoom } from "#server/disk-room.ts";
import { type Route, serve } from "#server/http/route.ts";
import { eventYears } from "#server/records/event-years.ts";
import { lastRemoval } from "#server/upkeep/retention/run-retention.ts";
import { maySay, sayRight } from "#server/upkeep/say-clock.ts";

export const clockRoutes: readonly Route[] = [
  serve(call("GET /api/clock", { reply: clockReply }), {
    summary:
      "Why nothing is erased or imported: a clock that may be wrong, a disk that is nearly full",
    audience: ["admin", "sergeant", "analyst", "partner", "coordinator"],
    audit: { none: "it shows how the machine does, nothing of anybody" },
    handle: (context) => clockState(context, context.actor.role as Role),
  }),
  serve(call("POST /api/clock", { body: z.strictObject({}), reply: clockReply }), {
    summary: "Say that the clock is right, after Boxster was off or the clock was set",
    audience: ["admin"],
    fresh: true,
    audit: { verb: "alteration", act: "say that the clock is right", purpose: "administration" },
    handle: async (context) => {
      await sayRight(context);
      return clockState(context, "admin");
    },
  }),
];

async function clockState(services: Services, role: Role): Promise<ClockReply> {
  const { db, asAt, zone, config } = services;
  const look = await lookAtClocks(db, asAt);
  const isNearlyFull = db.engine === "embedded" && takesKeptRoom(config.dataFolder);
  return {
    clock: look.doubt && doubtWords(look.doubt, { zone, role, now: asAt.clock() }),
    canSay: role === "admin" && maySay(look),
    disk:
      isNearlyFull && (role === "admin" || role === "analyst")
        ? "The disk is nearly full. Imports and backups are stopped, so that partners can still save their sessions. Free up space."
        : null,
  };
}

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
