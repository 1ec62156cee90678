import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { instant } from "#core/contract/fields.ts";
import { cell, legReply, position, unit, windowRef, windowReply } from "#core/patrols/wire/plan.ts";

/** Tonight's patrols as they are walked: what a phone shows, the taps it sends, what the desk reads. */

const stay = z.strictObject({
  key: z.uuid(),
  unit,
  arrivedAt: instant,
  /** Null while the unit is there, and until somebody says when it left. */
  leftAt: instant.nullable(),
});

const tonightStop = z.strictObject({
  /** From 1, as on the briefing. */
  order: z.int(),
  cell,
  place: z.string(),
  /** Centre of its cell. */
  at: position,
  arrive: instant,
  depart: instant,
  why: z.string(),
  /** From the stop before it in its window; null for the first, and as the crow flies. */
  way: legReply.pick({ metres: true, minutes: true, words: true }).nullable(),
  /** Stays at its place since midnight, by whoever; null to a patrol partner, who is told `isFull` alone. */
  visits: z.int().nullable(),
  /** Without its own stays, the place has had the visits that a day allows. */
  isFull: z.boolean(),
  /** At this stop, in order. */
  stays: z.array(stay),
});

const tonightWindow = windowReply
  .pick({
    id: true,
    place: true,
    unit: true,
    patrolPartner: true,
    start: true,
    end: true,
    mode: true,
  })
  .extend({
    planId: z.string(),
    status: z.enum(["agreed", "called_off", "unavailable"]),
    /** When its unit, or the desk for it, said that it knows of the loss; null before, and where it stands. */
    seenAt: instant.nullable(),
    stops: z.array(tonightStop),
  });
export type TonightWindow = z.infer<typeof tonightWindow>;
export type TonightStop = z.infer<typeof tonightStop>;

/** Approved and lost windows that end after 12 hours ago and begin within 12 hours; a warden coordinator's own. */
export const tonightReply = z.strictObject({
  at: instant,
  /** The number of the desk to call; null: none is set. */
  contact: z.string().nullable(),
  windows: z.array(tonightWindow),
});
export type TonightReply = z.infer<typeof tonightReply>;

/** Seconds before it is sent, so that a phone whose clock is wrong logs the right minutes. */
const secondsAgo = z.int().min(0).max(86_400);

/** The whole stay each time: sent again, it is the same stay. The first arrival stands. */
export const stayBody = z.strictObject({
  ...windowRef.shape,
  order: z.int().min(1).max(7),
  arrivedAgo: secondsAgo,
  /** Null: still there, or *Leave* is taken back. */
  leftAgo: secondsAgo.nullable(),
  /** When it left is an answer to being asked. Else one that is far too late is not taken for the time. */
  isAnswer: z.boolean().default(false),
});
export type StayBody = z.infer<typeof stayBody>;

const stayKey = { key: z.uuid() };

export const tonightCalls = {
  read: call("GET /api/tonight", { reply: tonightReply }),
  stay: call("PUT /api/tonight/stays/:key", {
    params: stayKey,
    body: stayBody,
    reply: tonightReply,
  }),
  removeStay: call("DELETE /api/tonight/stays/:key", { params: stayKey, reply: tonightReply }),
  /** Their units know that these no longer stand; once all of a notice do, it is confirmed. */
  seen: call("POST /api/tonight/seen", {
    body: z.strictObject({ windows: z.array(windowRef).min(1).max(100) }),
    reply: tonightReply,
  }),
};
