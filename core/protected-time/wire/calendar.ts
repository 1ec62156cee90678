import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";
import { id, onDate, sessionBody } from "#core/protected-time/wire/outreach.ts";

/** What a partner and the server say to each other of its calendar as a whole, what was kept clear, and who looked. */

/**
 * What a calendar file closes. The file is read on the partner's own device: no title, no note, no guest and no point
 * of it is in here, and no field for one.
 */
export const calendarImportBody = z.strictObject({
  entries: z
    .array(
      z.strictObject({
        /** A hash of the entry's own identity, by which a later file replaces it. */
        key: z.string().regex(/^[0-9a-f]{64}$/),
        /** None: it was called off. */
        sessions: z
          .array(
            sessionBody.omit({ key: true }).extend({ except: z.array(date).max(800).default([]) }),
          )
          .max(1_000),
      }),
    )
    .min(1)
    .max(2_000),
  /** Some rule is known only as dates up to the horizon: another file is needed by then. */
  isCutOff: z.boolean(),
  /** Entries that could not be read: nothing is suggested until the partner confirms. */
  unread: z.int().min(0).max(2_000),
});
export type CalendarImportBody = z.output<typeof calendarImportBody>;

export const calendarImportReply = z.strictObject({
  added: z.int(),
  ended: z.int(),
  /** Sessions of earlier files that this one does not mention: they stay closed. */
  unmentioned: z.int(),
  /** "3 sessions are closed now." */
  sentence: z.string(),
});

/** Whether a calendar was confirmed, and is still. */
export const calendarStanding = z.strictObject({
  state: z.enum(["never", "confirmed", "lapsed", "unreadable"]),
  confirmedAt: instant.nullable(),
  /** Nothing changes until then, the partner said. */
  pausedUntil: date.nullable(),
});
export type CalendarStanding = z.infer<typeof calendarStanding>;

export const calendarReply = calendarStanding.extend({
  /** The coordinator has asked for it since. */
  remindedAt: instant.nullable(),
  /** "Up to date as of Thursday 25 November, 09:10." */
  sentence: z.string(),
  /** Somebody of the partner asked that everything of it is erased. */
  leaving: z.strictObject({ erasedFrom: instant, askedBy: z.string() }).nullable(),
});
export type CalendarReply = z.infer<typeof calendarReply>;

const confirmBody = z.strictObject({
  /** "Nothing changes until": no reminder and no widening for plans that end by this date. */
  pausedUntil: date.nullable().default(null),
});

/** What proves that the person is there; none in the demonstration. */
const leaveBody = z.strictObject({
  pin: z.string().min(1).max(40).optional(),
  password: z.string().min(1).max(1_000).optional(),
});

/** From when on everything is erased; until then all stays closed, and can be taken back. */
export const leaveReply = z.strictObject({ erasedFrom: instant });

/** Past sessions of this partner. */
export const recordReply = z.strictObject({
  kept: z.number().int(),
  of: z.number().int(),
  /** "Kept clear: 14 of 14. No planned patrol, none reported." */
  sentence: z.string(),
  rows: z.array(
    z.strictObject({
      sessionId: id,
      placeId: id,
      date,
      startsAt: instant,
      endsAt: instant,
      kept: z.boolean(),
      /** Empty when it was kept clear. */
      reason: z.string(),
      /** When the coordinator read that police came. */
      readAt: instant.nullable(),
      /** Until when the partner may take back that police came; null when there is nothing to. */
      takeBackUntil: instant.nullable(),
    }),
  ),
});
export type RecordReply = z.infer<typeof recordReply>;

/**
 * Who was shown this partner's footprints, or planned around them. A viewer is another name for each partner, so that
 * two partners cannot compare.
 */
export const footprintView = z.strictObject({
  day: date,
  role: z.string(),
  viewer: z.string().regex(/^[0-9a-f]{8}$/),
  /** Of an account of the partner itself, opened from outside: its name. */
  account: z.string().nullable(),
  times: z.int().min(1),
});
export const footprintViewsReply = z.strictObject({
  since: date,
  views: z.array(footprintView),
  sentence: z.string(),
});
export type FootprintViewsReply = z.infer<typeof footprintViewsReply>;

const onSession = { params: { id }, body: onDate, reply: recordReply };

export const calendarCalls = {
  importCalendar: call("POST /api/outreach/calendar/import", {
    body: calendarImportBody,
    reply: calendarImportReply,
  }),
  policeCame: call("POST /api/outreach/sessions/:id/police-came", onSession),
  /** Within the hour. */
  takeBackPoliceCame: call("POST /api/outreach/sessions/:id/police-came/take-back", onSession),
  record: call("GET /api/outreach/record", { reply: recordReply }),
  calendar: call("GET /api/outreach/calendar", { reply: calendarReply }),
  confirm: call("POST /api/outreach/calendar/confirm", { body: confirmBody, reply: calendarReply }),
  views: call("GET /api/outreach/views", { reply: footprintViewsReply }),
  leave: call("POST /api/outreach/leave", { body: leaveBody, reply: leaveReply }),
  /** False where nobody had asked. */
  stay: call("DELETE /api/outreach/leave", { reply: z.strictObject({ stays: z.boolean() }) }),
};
