import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";

/** Why a stop was not made, where the sergeant says so: a closed list, so that nobody is named. */
export const missedReasons = [
  "emergency",
  "short_staffed",
  "other_duty",
  "weather",
  "other",
] as const;
/** Of a stop that was not made: a reason, or none given. */
export const missedOutcomes = ["not_done", ...missedReasons] as const;
export type MissedOutcome = (typeof missedOutcomes)[number];
export const outcome = z.enum(["done", ...missedOutcomes]);
export type Outcome = z.infer<typeof outcome>;

const debriefsQuery = z.strictObject({
  from: date,
  days: z.coerce.number().int().min(1).max(31).default(14),
});

const stop = z.strictObject({
  /** From 1, as on the briefing. */
  order: z.int(),
  cell: z.string(),
  place: z.string(),
  arrive: instant,
  minutes: z.int(),
  /** Null until the shift is debriefed. */
  outcome: outcome.nullable(),
});

const debriefShift = z.strictObject({
  start: instant,
  end: instant,
  /** "Friday 26 November 2021, 14:00 to 22:00" */
  title: z.string(),
  /** Its last window is over. */
  isOver: z.boolean(),
  loggedAt: instant.nullable(),
  by: z.string().nullable(),
  windows: z.array(
    z.strictObject({
      planId: z.string(),
      id: z.string(),
      unit: z.int(),
      place: z.string(),
      start: instant,
      end: instant,
      /** "Ended early": only what had begun is asked about. */
      calledOff: z.boolean(),
      stops: z.array(stop),
    }),
  ),
});
export type DebriefShift = z.infer<typeof debriefShift>;

/** What devices recorded at a place, with the 95% band, and what was planned there on the same days. */
const recordedBeside = z.strictObject({
  minutes: z.int(),
  low: z.int(),
  high: z.int(),
  plannedMinutes: z.int(),
});
export type RecordedBeside = z.infer<typeof recordedBeside>;

export const debriefsReply = z.strictObject({
  from: date,
  days: z.int(),
  shifts: z.array(debriefShift),
  /** Of the shifts that are debriefed. */
  totals: z.strictObject({
    plannedStops: z.int(),
    doneStops: z.int(),
    plannedMinutes: z.int(),
    doneMinutes: z.int(),
    /** Shifts that are over and not debriefed yet. */
    waiting: z.int(),
  }),
  /** Of these days, by where police were longest. Whole days alone: hours would tell of those that are missing. */
  dose: z.array(
    z.strictObject({
      cell: z.string(),
      place: z.string(),
      plannedMinutes: z.int(),
      doneMinutes: z.int(),
      /** Brought in as a list, or by nobody's plan. */
      otherMinutes: z.int(),
      /** Null as below. */
      recorded: recordedBeside.nullable(),
    }),
  ),
  /**
   * Of the whole weeks in these days, Monday to Sunday, that are over: days on which positions were recorded, and device
   * minutes in the whole area. Null without any. Never of other spans, which would give single days (ADR 29).
   */
  recorded: z.strictObject({ days: z.int(), minutes: z.int() }).nullable(),
});
export type DebriefsReply = z.infer<typeof debriefsReply>;

/** All done except these; saying it again takes the place of what was said. */
export const debriefBody = z.strictObject({
  start: instant,
  end: instant,
  except: z
    .array(
      z.strictObject({
        planId: z.string().regex(/^\d{1,15}$/),
        windowId: z.string().regex(/^w\d{1,4}$/),
        /** By order; all of the window's where it is left out. */
        stops: z.array(z.int().min(1).max(7)).min(1).max(7).optional(),
        /** Chosen by a person, or left out: never filled in. */
        reason: z.enum(missedReasons).optional(),
      }),
    )
    .max(500),
});
export type DebriefBody = z.infer<typeof debriefBody>;

export const debriefCalls = {
  /** Shifts that start on these days and have agreed windows, newest first. */
  read: call("GET /api/debriefs", { query: debriefsQuery, reply: debriefsReply }),
  save: call("PUT /api/debriefs", { body: debriefBody, reply: debriefsReply }),
};
