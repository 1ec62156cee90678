import { z } from "zod";

/** What police ask and log about a place and a time: never about whom. */

const instant = z.iso.datetime({ offset: true });
const cell = z.string().regex(/^8a[0-9a-f]{13}$/, "an H3 cell of resolution 10");

/** POST /api/keep-clear/ask: "may we be here then?", on foot, by car, in uniform or not. */
export const askBody = z.strictObject({ cell, from: instant, to: instant });

export const askReply = z.strictObject({
  /** No also where it is not known, or further ahead than keep-clear times are shown. */
  answer: z.enum(["yes", "no"]),
  sentence: z.string(),
  /** What was looked at: whole half hours. */
  from: instant,
  to: instant,
  askedAt: instant,
});
export type AskReply = z.infer<typeof askReply>;

/** POST /api/police-attended: an emergency is answered first and logged afterwards, without a reason. */
export const attendedBody = z.strictObject({ cell, from: instant, to: instant });

const attendance = z.strictObject({
  id: z.uuid(),
  cell,
  /** "Fore Street by Alpha Road" */
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
