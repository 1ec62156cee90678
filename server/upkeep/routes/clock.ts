import { z } from "zod";
import { type ClockReply, clockReply } from "#core/accounts/wire/clock.ts";
import type { Role } from "#core/role.ts";
import { doubtWords } from "#core/time/clock-doubt.ts";
import type { Services } from "#server/acts/services.ts";
import { lookAtClocks } from "#server/db/clock.ts";
import { takesKeptRoom } from "#server/disk-room.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { maySay, sayRight } from "#server/upkeep/say-clock.ts";

export const clockRoutes: readonly Route[] = [
  defineRoute("GET /api/clock", {
    summary:
      "Why nothing is erased or imported: a clock that may be wrong, a disk that is nearly full",
    audience: ["admin", "sergeant", "analyst", "partner", "coordinator"],
    audit: { none: "it shows how the machine does, nothing of anybody" },
    replySchema: clockReply,
    handle: (context) => clockState(context, context.actor.role as Role),
  }),
  defineRoute("POST /api/clock", {
    summary: "Say that the clock is right, after Boxster was off or the clock was set",
    audience: ["admin"],
    fresh: true,
    audit: { verb: "alteration", act: "say that the clock is right", purpose: "administration" },
    body: z.strictObject({}),
    replySchema: clockReply,
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
