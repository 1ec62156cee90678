import { z } from "zod";

/** What police ask and log about a place and a time: never about whom. */

const instant = z.iso.datetime({ offset: true });
const cell = z.string().regex(/^8a[0-9a-f]{13}$/, "an H3 cell of resolution 10");

/** By its name in the list that the page has too (`core/places/finding`); a name that is not in it is no place. */
const place = z.string().min(1).max(200);
const where = z.union([
  z.strictObject({ cell, from: instant, to: instant }),
  z.strictObject({ place, from: instant, to: instant }),
]);

/** POST /api/keep-clear/ask: "may we be here then?", on foot, by car, in uniform or not. A street is asked about whole. */
export const askBody = where;

export const askReply = z.strictObject({
  /** No also where it is not known, or further ahead than keep-clear times are shown. */
  answer: z.enum(["yes", "no"]),
  /** Names the place, the day, the hours, and when it was checked. */
  sentence: z.string(),
  /** What was looked at: whole half hours. */
  from: instant,
  to: instant,
  askedAt: instant,
});
export type AskReply = z.infer<typeof askReply>;

/** POST /api/police-attended: an emergency is answered first and logged afterwards, without a reason. A place is one point of it. */
export const attendedBody = where;

const attendance = z.strictObject({
  id: z.uuid(),
  cell,
  /** "Fore Street by Alpha Road": what was chosen, or what the chosen cell is called. */
  place: z.string(),
  from: instant,
  to: instant,
  loggedAt: instant,
  /** Until then it can be taken back; null when it stands. */
  takeBackUntil: instant.nullable(),
});

/** What police have logged themselves, newest first; the same whether or not a session was near. */
export const attendedReply = z.strictObject({ attended: z.array(attendance) });
export type AttendedReply = z.infer<typeof attendedReply>;

/** GET /api/outreach/attended: emergencies that touched own sessions, newest first. */
export const ownAttendedReply = z.strictObject({
  attended: z.array(
    z.strictObject({
      sessionId: z.uuid(),
      /** The London date on which the session starts. */
      date: z.string(),
      from: instant,
      to: instant,
      sentence: z.string(),
    }),
  ),
});
export type OwnAttendedReply = z.infer<typeof ownAttendedReply>;
