import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";
import { id, onDate, sessionBody } from "#core/protected-time/wire/outreach.ts";

/** A partner's calendar as a whole, what was kept clear, and who looked. */

/**
 * What a calendar file closes. The file is read on the partner's own device: no title, note, guest
 * or point of it is sent, and there is no field for one.
 */
export const calendarImportBody = z.strictObject({
  entries: z
    .array(
      z.strictObject({
        /** A hash of the entry's own identity, by which a later file replaces it. */
        key: z.string().regex(/^[0-9a-f]{64}$/),
        /** Empty: called off. */
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
  /** Unreadable entries: nothing is suggested until the partner confirms. */
  unread: z.int().min(0).max(2_000),
  /** The partner has said that these are all its sessions; else its calendar is not confirmed. */
  isAll: z.boolean().default(false),
});
export type CalendarImportBody = z.output<typeof calendarImportBody>;

export const calendarImportReply = z.strictObject({
  added: z.int(),
  ended: z.int(),
  /** Sessions of earlier files that this one does not mention: they stay closed. */
  unmentioned: z.int(),
});

export const calendarStanding = z.strictObject({
  state: z.enum(["never", "confirmed", "lapsed", "unreadable"]),
  confirmedAt: instant.nullable(),
  /** The partner announced no changes until then. */
  pausedUntil: date.nullable(),
});
export type CalendarStanding = z.infer<typeof calendarStanding>;

export const calendarReply = calendarStanding.extend({
  /** The coordinator has asked for it since. */
  remindedAt: instant.nullable(),
  /** "Up to date as of Thursday 25 November, 09:10." */
  sentence: z.string(),
  /** The partner asked for everything to be erased. */
  leaving: z.strictObject({ erasedFrom: instant, askedBy: z.string() }).nullable(),
});
export type CalendarReply = z.infer<typeof calendarReply>;

const confirmBody = z.strictObject({
  /** "Nothing changes until": no reminder and no widening for plans that end by this date. */
  pausedUntil: date.nullable().default(null),
});

const leaveBody = z.strictObject({
  pin: z.string().min(1).max(40).optional(),
  password: z.string().min(1).max(1_000).optional(),
});

/** When everything is erased; until then all stays closed, and it can be undone. */
export const leaveReply = z.strictObject({ erasedFrom: instant });

export const recordReply = z.strictObject({
  kept: z.number().int(),
  of: z.number().int(),
  rows: z.array(
    z.strictObject({
      sessionId: id,
      placeId: id,
      date,
      startsAt: instant,
      endsAt: instant,
      kept: z.boolean(),
      /** Empty if kept clear. */
      reason: z.string(),
      readAt: instant.nullable(),
      /** Deadline to retract the report; null for none. */
      takeBackUntil: instant.nullable(),
    }),
  ),
});
export type RecordReply = z.infer<typeof recordReply>;

/**
 * Who was shown this partner's footprints, or planned around them. A viewer has a different alias
 * for each partner, so that two partners cannot compare.
 */
export const footprintView = z.strictObject({
  day: date,
  role: z.string(),
  viewer: z.string().regex(/^[0-9a-f]{8}$/),
  /** Name of the partner's own account that was opened from outside. */
  account: z.string().nullable(),
  times: z.int().min(1),
});
export const footprintViewsReply = z.strictObject({
  since: date,
  views: z.array(footprintView),
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
