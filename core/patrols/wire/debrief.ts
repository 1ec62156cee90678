import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";

/** Why a stop was missed, as the sergeant says: a closed list, so that nobody is named. */
export const missedReasons = [
  "emergency",
  "short_staffed",
  "other_duty",
  "weather",
  "other",
] as const;
/** For a missed stop: a reason, or none given. */
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
  /** As its unit tapped: each time once, however many phones it has. */
  stays: z.array(
    z.strictObject({
      arrivedAt: instant,
      minutes: z.int(),
      /** Tapped or changed since the debrief was saved: not in it. */
      isLate: z.boolean(),
    }),
  ),
  /** Nobody said when these ended: no minutes are logged until somebody does. */
  toSetRight: z.array(z.strictObject({ key: z.uuid(), arrivedAt: instant })),
  /** Null until the shift is debriefed. */
  outcome: outcome.nullable(),
});

const debriefShift = z.strictObject({
  start: instant,
  end: instant,
  /** "Friday 26 November 2021, 14:00 to 22:00" */
  title: z.string(),
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

/** Device records at a place, with the 95% band, and the plan for the same days. */
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
  /** Debriefed shifts only. */
  totals: z.strictObject({
    plannedStops: z.int(),
    doneStops: z.int(),
    plannedMinutes: z.int(),
    doneMinutes: z.int(),
    waiting: z.int(),
  }),
  /** By longest presence. Whole days: hours would reveal the missing ones. */
  dose: z.array(
    z.strictObject({
      cell: z.string(),
      place: z.string(),
      plannedMinutes: z.int(),
      doneMinutes: z.int(),
      /** From imported lists, or in no plan. */
      otherMinutes: z.int(),
      /** Null as below. */
      recorded: recordedBeside.nullable(),
    }),
  ),
  /**
   * Over past whole weeks, Monday to Sunday, in these days: days with recorded positions, and
   * device minutes in the whole area. Null without any. Other spans would reveal single days (ADR
   * 29).
   */
  recorded: z.strictObject({ days: z.int(), minutes: z.int() }).nullable(),
});
export type DebriefsReply = z.infer<typeof debriefsReply>;

/** All others were done; a new debrief replaces the old one. */
export const debriefBody = z.strictObject({
  start: instant,
  end: instant,
  /** When stays that are to be set right ended: the first such time of day after they began. */
  leaves: z
    .array(z.strictObject({ key: z.uuid(), leftAt: z.iso.time({ precision: -1 }) }))
    .max(500)
    .optional(),
  except: z
    .array(
      z.strictObject({
        planId: z.string().regex(/^\d{1,15}$/),
        windowId: z.string().regex(/^w\d{1,6}$/),
        /** By order; all of the window's if absent. */
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
