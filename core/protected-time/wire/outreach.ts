import { z } from "zod";
import { mostLatticeCells, radiusClassesM } from "#core/protected-time/settings.ts";
import { londonDate } from "#core/text/london-date.ts";

/** What a partner and the server say to each other; police read core/protected-time/wire/keep-clear.ts only. */

const instant = z.iso.datetime({ offset: true });
const cell = z.string().regex(/^[0-9a-f]{15}$/);
/** `HH:MM`, London wall clock. */
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day from 00:00 to 23:59, such as 19:30");
const weeksApart = "a session repeats every 1 to 8 weeks";
const id = z.uuid();
/** A place and the ground around it, several streets, or a route that is walked or driven. */
const placeKind = z.enum(["circle", "area", "corridor"]);

const sessionRule = z.strictObject({
  repeats: z.enum(["once", "weekly"]),
  /** 1 every week, 2 every second week, up to 8. */
  everyWeeks: z.int(weeksApart).min(1, weeksApart).max(8, weeksApart).default(1),
  /** The date itself, or the first of the repeats; it sets the weekday. */
  firstDate: londonDate,
  start: timeOfDay,
  /** At or before `start`: on the next day; the same time is 24 hours. */
  end: timeOfDay,
  /** Last date on which it may start; null goes on. */
  until: londonDate.nullable().default(null),
  /** Days of the week, Monday 1 to Sunday 7, that of `firstDate` among them; absent: that one alone. */
  days: z.array(z.int().min(1).max(7)).min(1).max(7).readonly().optional(),
});

/**
 * POST /api/outreach/places. The browser snaps the place to its lattice cells with core/protected-time/lattice.ts and
 * sends those; the venue itself never leaves the browser. Only the label can be changed later.
 */
export const placeBody = z.strictObject({
  /** Drawn by the page: sent twice, it stays one outline. */
  key: id.optional(),
  label: z.string().min(1).max(60),
  kind: placeKind.default("circle"),
  /** What no place snaps to is refused in words, not by its form (core/protected-time/lattice.ts). */
  lattice: z
    .array(cell)
    .min(1)
    .max(4 * mostLatticeCells),
  classM: z.int().min(0).max(100_000),
});

/** PATCH /api/outreach/places/:id */
export const placeLabelBody = z.strictObject({ label: z.string().min(1).max(60) });

export const savedPlace = z.strictObject({
  id,
  label: z.string(),
  kind: placeKind,
  /** Empty, and no class, for one that was saved before there was a lattice: it is to be chosen again. */
  lattice: z.array(z.string()),
  classM: z.literal(radiusClassesM).nullable(),
  cells: z.array(z.string()),
  /** When a session was last saved at it, or it itself: the most recent ones are offered first. */
  usedAt: instant,
});
export type SavedPlaceReply = z.infer<typeof savedPlace>;

/** DELETE /api/outreach/places/:id, and GET /api/outreach/places */
export const placesOfPartnerReply = z.strictObject({ places: z.array(savedPlace) });

/** POST /api/outreach/sessions, and .../:id/move, which ends the old one in the same step. */
export const sessionBody = z.strictObject({
  /** Drawn by the page, so that what is sent twice is saved once. */
  key: id.optional(),
  placeId: id,
  rule: sessionRule,
  /** Dates on which it does not take place. */
  except: z.array(londonDate).max(200).default([]),
});

/** POST /api/outreach/sessions/:id/move-date : one date takes place as this single session instead. */
export const moveDateBody = z.strictObject({
  /** Drawn by the page: sent twice, it is moved once. */
  key: id.optional(),
  date: londonDate,
  placeId: id,
  rule: sessionRule,
});

/** POST /api/outreach/sessions/:id/cancel : one date, or without it all that is to come. */
export const cancelBody = z.strictObject({ date: londonDate.optional() });

/** POST /api/outreach/sessions/:id/second : the word of a second person of the same partner. */
export const secondWordBody = z.strictObject({ isRight: z.boolean() });

/** POST /api/outreach/sessions/:id/restore : a cancelled date takes place after all. */
export const restoreBody = z.strictObject({ date: londonDate });

/** POST /api/outreach/out-now */
export const outNowBody = z.strictObject({
  key: id.optional(),
  placeId: id,
  hours: z.number().int().min(1).max(8).default(2),
});

/** POST /api/outreach/sessions/:id/police-came, and .../take-back within the hour. */
export const policeCameBody = z.strictObject({ date: londonDate });

const occurrenceReply = z.strictObject({
  date: londonDate,
  /** The partner's own times. */
  startsAt: instant,
  endsAt: instant,
  /** What police see as keep clear. */
  closedFrom: instant,
  closedTo: instant,
  /** `called_off`: cancelled or moved less than 24 hours before, so it stays closed. */
  state: z.enum(["planned", "called_off"]),
});

/** When police were told of a late session, and when they confirmed. */
const told = z.strictObject({
  toldAt: instant,
  confirmedAt: instant.nullable(),
  sentence: z.string(),
});

export const outreachSession = z.strictObject({
  id,
  placeId: id,
  rule: sessionRule,
  except: z.array(londonDate),
  endedAt: instant.nullable(),
  /** The next of them, at most six. */
  next: z.array(occurrenceReply),
  /** Cancelled dates, open to police again, that can still be restored; soonest first. */
  cancelled: z.array(z.strictObject({ date: londonDate, startsAt: instant, endsAt: instant })),
  /** Null when it was not late. */
  told: told.nullable(),
  /** A closure that is large or long: whether a second person said that it is right. Closed either way. */
  second: z
    .strictObject({
      /** "longer than 6 hours" */
      reason: z.string(),
      askedBy: z.string(),
      confirmedBy: z.string().nullable(),
      /** The caller saved it: somebody else is asked. */
      isOwn: z.boolean(),
    })
    .nullable(),
  /** For a single session that one date of a repeating one was moved to; `sessionId` is null once that is erased. */
  movedFrom: z.strictObject({ sessionId: id.nullable(), date: londonDate }).nullable(),
});
export type OutreachSessionReply = z.infer<typeof outreachSession>;

/** GET /api/outreach/sessions : those that go on, soonest first. */
export const sessionsReply = z.strictObject({ sessions: z.array(outreachSession) });

/** GET /api/outreach/occurrences : own sessions of some days, by date, cancelled ones too. */
export const occurrencesQuery = z.strictObject({ from: londonDate, to: londonDate });
export const ownOccurrence = z.strictObject({
  ...occurrenceReply.shape,
  sessionId: id,
  placeId: id,
  /** `cancelled`: open to police again. */
  state: z.enum(["planned", "called_off", "cancelled"]),
});
export type OwnOccurrence = z.infer<typeof ownOccurrence>;
export const occurrencesReply = z.strictObject({ occurrences: z.array(ownOccurrence) });

/**
 * POST /api/outreach/calendar/import : what a calendar file closes. The file is read on the partner's
 * own device: no title, no note, no guest and no point of it is in here, and no field for one.
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
            z.strictObject({
              placeId: id,
              rule: sessionRule,
              except: z.array(londonDate).max(800).default([]),
            }),
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
export type CalendarImportBody = z.input<typeof calendarImportBody>;

export const calendarImportReply = z.strictObject({
  added: z.int(),
  ended: z.int(),
  /** Sessions of earlier files that this one does not mention: they stay closed. */
  unmentioned: z.int(),
  /** "3 sessions are closed now." */
  sentence: z.string(),
});
export type CalendarImportReply = z.infer<typeof calendarImportReply>;

/** GET /api/outreach/told : the late ones of those, and nothing else of them. */
export const toldReply = z.strictObject({ sessions: z.array(z.strictObject({ id, told })) });
export type ToldReply = z.infer<typeof toldReply>;

/** GET /api/outreach/keeping-key : 32 octets, in hexadecimal figures. */
export const keepingKeyReply = z.strictObject({ key: z.string().regex(/^[0-9a-f]{64}$/) });

/** GET /api/outreach/calendar and POST /api/outreach/calendar/confirm */
export const calendarReply = z.strictObject({
  state: z.enum(["never", "confirmed", "lapsed", "unreadable"]),
  confirmedAt: instant.nullable(),
  pausedUntil: londonDate.nullable(),
  /** The coordinator has asked for it since. */
  remindedAt: instant.nullable(),
  /** "Up to date as of Thursday 25 November, 09:10." */
  sentence: z.string(),
  /** Somebody of the partner asked that everything of it is erased. */
  leaving: z.strictObject({ erasedFrom: instant, askedBy: z.string() }).nullable(),
});
export type CalendarReply = z.infer<typeof calendarReply>;

export const confirmBody = z.strictObject({
  /** "Nothing changes until": no reminder and no widening for plans that end by this date. */
  pausedUntil: londonDate.nullable().default(null),
});

/** POST /api/outreach/leave : what proves that the person is there; none in the demonstration. */
export const leaveBody = z.strictObject({
  pin: z.string().min(1).max(40).optional(),
  password: z.string().min(1).max(1_000).optional(),
});

/** From when on everything is erased; until then all stays closed, and DELETE takes it back. */
export const leaveReply = z.strictObject({ erasedFrom: instant });
export type LeaveReply = z.infer<typeof leaveReply>;

/** DELETE /api/outreach/leave; false where nobody had asked. */
export const stayReply = z.strictObject({ stays: z.boolean() });

/** GET /api/outreach/record : past sessions of this partner. */
export const recordReply = z.strictObject({
  kept: z.number().int(),
  of: z.number().int(),
  /** "Kept clear: 14 of 14. No planned patrol, none reported." */
  sentence: z.string(),
  rows: z.array(
    z.strictObject({
      sessionId: id,
      placeId: id,
      date: londonDate,
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
 * GET /api/outreach/views : who was shown this partner's footprints, or planned around them. A viewer is
 * another name for each partner, so that two partners cannot compare.
 */
export const footprintViewsReply = z.strictObject({
  since: londonDate,
  views: z.array(
    z.strictObject({
      day: londonDate,
      role: z.string(),
      viewer: z.string().regex(/^[0-9a-f]{8}$/),
      /** Of an account of the partner itself, opened from outside: its name. */
      account: z.string().nullable(),
      times: z.int().min(1),
    }),
  ),
  sentence: z.string(),
});
export type FootprintViewsReply = z.infer<typeof footprintViewsReply>;
