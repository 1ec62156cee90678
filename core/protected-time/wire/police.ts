import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { instant } from "#core/contract/fields.ts";
import { keepClearQuery, keepClearReply } from "#core/protected-time/wire/keep-clear.ts";

/** What police ask and log about a place and time: never a person. */

const cell = z.string().regex(/^8a[0-9a-f]{13}$/, "an H3 cell of resolution 10");

/** A name from the list shared with the page (`core/places/finding`); others are invalid. */
const place = z.string().min(1).max(200);
const where = z.union([
  z.strictObject({ cell, from: instant, to: instant }),
  z.strictObject({ place, from: instant, to: instant }),
]);
export type PlaceAndTime = z.infer<typeof where>;

/** "May we be here then?", on foot, by car, in uniform or not. Covers the whole street. */
export const askReply = z.strictObject({
  /** No also when unknown, or further ahead than keep-clear times are shown. */
  answer: z.enum(["yes", "no"]),
  /** Names the place, the day, the hours, and when it was checked. */
  sentence: z.string(),
  /** The time checked: whole half hours. */
  from: instant,
  to: instant,
  askedAt: instant,
});
export type AskReply = z.infer<typeof askReply>;

/**
 * Attendances logged by police, newest first; the same whether or not a session was near. An
 * emergency is answered first and logged afterwards, without a reason.
 */
export const attendedReply = z.strictObject({
  attended: z.array(
    z.strictObject({
      id: z.uuid(),
      cell,
      /** "Fore Street by Alpha Road": the chosen place, or the name of the chosen cell. */
      place: z.string(),
      from: instant,
      to: instant,
      loggedAt: instant,
      /** Deadline to undo it; null when final. */
      takeBackUntil: instant.nullable(),
    }),
  ),
});
export type AttendedReply = z.infer<typeof attendedReply>;

/** Emergencies that touched own sessions, newest first. */
export const ownAttendedReply = z.strictObject({
  attended: z.array(
    z.strictObject({
      sessionId: z.uuid(),
      /** The London date on which the session starts. */
      date: z.string(),
      from: instant,
      to: instant,
    }),
  ),
});
export type OwnAttendedReply = z.infer<typeof ownAttendedReply>;

export const policeCalls = {
  keepClear: call("GET /api/keep-clear", { query: keepClearQuery, reply: keepClearReply }),
  ask: call("POST /api/keep-clear/ask", { body: where, reply: askReply }),
  attended: call("GET /api/police-attended", { reply: attendedReply }),
  logAttended: call("POST /api/police-attended", { body: where, reply: attendedReply }),
  takeBackAttended: call("DELETE /api/police-attended/:id", {
    params: { id: z.uuid() },
    reply: attendedReply,
  }),
  ownAttended: call("GET /api/outreach/attended", { reply: ownAttendedReply }),
};
