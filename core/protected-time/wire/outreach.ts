import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { columnTypes, date, instant } from "#core/contract/fields.ts";
import { mostLatticeCells, radiusClassesM } from "#core/protected-time/settings.ts";

/** What a partner and the server say to each other of places and sessions; police read core/protected-time/wire/keep-clear.ts only. */

const cell = z.string().regex(/^[0-9a-f]{15}$/);
/** `HH:MM`, London wall clock. */
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day from 00:00 to 23:59, such as 19:30");
const weeksApart = "a session repeats every 1 to 8 weeks";
export const id = z.uuid();
/** Drawn by the page, so that what is sent twice is saved once. */
const key = id.optional();
/** A place and the ground around it, several streets, or a route that is walked or driven. */
const placeKind = z.enum(["circle", "area", "corridor"]);

/** When a partner goes out: wall-clock times of London. */
export const sessionRule = z
  .strictObject({
    repeats: z.enum(["once", "weekly"]),
    /** 1 every week, 2 every second week, up to 8. */
    everyWeeks: z.int(weeksApart).min(1, weeksApart).max(8, weeksApart).default(1),
    /** The date itself, or the first of the repeats; it sets the weekday. */
    firstDate: date,
    start: timeOfDay,
    /** At or before `start`: on the next day; the same time is 24 hours. */
    end: timeOfDay,
    /** Last date on which it may start; null goes on. */
    until: date.nullable().default(null),
    /**
     * Days of the week, Monday 1 to Sunday 7, that of `firstDate` among them; absent: that one alone. Weeks are
     * counted from that of the first date and begin on Monday.
     */
    days: z.array(z.int().min(1).max(7)).min(1).max(7).readonly().optional(),
  })
  .register(columnTypes, { type: "jsonb" });

/**
 * The browser snaps a place to its lattice cells with core/protected-time/lattice.ts and sends those; the venue itself
 * never leaves the browser. Only the label can be changed later.
 */
export const placeBody = z.strictObject({
  key,
  label: z.string().min(1).max(60),
  kind: placeKind.default("circle"),
  /** What no place snaps to is refused in words, not by its form (core/protected-time/lattice.ts). */
  lattice: z
    .array(cell)
    .min(1)
    .max(4 * mostLatticeCells),
  classM: z.int().min(0).max(100_000),
});

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

export const placesOfPartnerReply = z.strictObject({ places: z.array(savedPlace) });

export const sessionBody = z.strictObject({
  key,
  placeId: id,
  rule: sessionRule,
  /** Dates on which it does not take place. */
  except: z.array(date).max(200).default([]),
});

/** One date takes place as this single session instead. */
const moveDateBody = z.strictObject({ key, date, placeId: id, rule: sessionRule });

export const onDate = z.strictObject({ date });

const occurrence = z.strictObject({
  date,
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
  except: z.array(date),
  endedAt: instant.nullable(),
  /** The next of them, at most six. */
  next: z.array(occurrence),
  /** Cancelled dates, open to police again, that can still be restored; soonest first. */
  cancelled: z.array(occurrence.pick({ date: true, startsAt: true, endsAt: true })),
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
  movedFrom: z.strictObject({ sessionId: id.nullable(), date }).nullable(),
});
export type OutreachSessionReply = z.infer<typeof outreachSession>;

/** Those that go on, soonest first. */
export const sessionsReply = z.strictObject({ sessions: z.array(outreachSession) });

const ownOccurrence = z.strictObject({
  ...occurrence.shape,
  sessionId: id,
  placeId: id,
  /** `cancelled`: open to police again. */
  state: z.enum(["planned", "called_off", "cancelled"]),
});
export type OwnOccurrence = z.infer<typeof ownOccurrence>;
/** By date, cancelled ones too. */
export const occurrencesReply = z.strictObject({ occurrences: z.array(ownOccurrence) });

/** The late ones of those that go on, and nothing else of them. */
export const toldReply = z.strictObject({ sessions: z.array(z.strictObject({ id, told })) });
export type ToldReply = z.infer<typeof toldReply>;

/** 32 octets, in hexadecimal figures. */
export const keepingKeyReply = z.strictObject({ key: z.string().regex(/^[0-9a-f]{64}$/) });

const place = { params: { id }, reply: savedPlace };
const session = { params: { id }, reply: outreachSession };

export const outreachCalls = {
  places: call("GET /api/outreach/places", { reply: placesOfPartnerReply }),
  addPlace: call("POST /api/outreach/places", { body: placeBody, reply: savedPlace }),
  renamePlace: call("PATCH /api/outreach/places/:id", {
    ...place,
    body: placeBody.pick({ label: true }),
  }),
  removePlace: call("DELETE /api/outreach/places/:id", { ...place, reply: placesOfPartnerReply }),
  sessions: call("GET /api/outreach/sessions", { reply: sessionsReply }),
  occurrences: call("GET /api/outreach/occurrences", {
    query: z.strictObject({ from: date, to: date }),
    reply: occurrencesReply,
  }),
  told: call("GET /api/outreach/told", { reply: toldReply }),
  keepingKey: call("GET /api/outreach/keeping-key", { reply: keepingKeyReply }),
  addSession: call("POST /api/outreach/sessions", { body: sessionBody, reply: outreachSession }),
  moveSession: call("POST /api/outreach/sessions/:id/move", { ...session, body: sessionBody }),
  moveDate: call("POST /api/outreach/sessions/:id/move-date", { ...session, body: moveDateBody }),
  /** One date, or without it all that is to come. */
  cancel: call("POST /api/outreach/sessions/:id/cancel", { ...session, body: onDate.partial() }),
  restore: call("POST /api/outreach/sessions/:id/restore", { ...session, body: onDate }),
  answerSecond: call("POST /api/outreach/sessions/:id/second", {
    ...session,
    body: z.strictObject({ isRight: z.boolean() }),
  }),
  outNow: call("POST /api/outreach/out-now", {
    body: z.strictObject({
      key,
      placeId: id,
      hours: z.number().int().min(1).max(8).default(2),
    }),
    reply: outreachSession,
  }),
};
