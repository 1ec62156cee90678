import { z } from "zod";
import { date, instant } from "#core/contract/fields.ts";
import type { H3Cell } from "#core/geo/cell.ts";

/** A plan as it is asked for and told. */

export const cell = z
  .string()
  .regex(
    /^[0-9a-f]{15}$/,
    "An H3 cell of 15 hexadecimal digits",
  ) as z.ZodType<string> as z.ZodType<H3Cell>;
export const unit = z.int().min(1).max(12);
export const position = z.tuple([z.number(), z.number()]);

/** `14:00-22:00`; an end at or before the start lies on the next day. */
export const shiftText = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, "Write a shift as 14:00-22:00");

/** POST /api/plans/suggest: the reply is a stream of `planMessage`, one JSON document a line. */
export const suggestBody = z.strictObject({
  /** First London date; a shift belongs to the date on which it starts. */
  from: date,
  days: z.int().min(1).max(28).default(7),
  /** How many units are out at any one time. */
  units: unit.default(2),
  shifts: z.array(shiftText).min(1).max(6).optional(),
  seed: z.int().min(0).max(4_294_967_295).default(1),
  /** How long a unit stays at a stop. */
  dwellMinutes: z.int().min(10).max(20).optional(),
  /** Dates with staffing go by it; the others, or all of them when this is false, by `units`. */
  useStaffing: z.boolean().optional(),
  /** Windows that the caller locked in own suggestions for these days stay as they are. */
  keepLocked: z.boolean().optional(),
  /** A stop a day in each edge zone under alert, whatever is expected there. */
  watch: z.boolean().optional(),
  /**
   * Arrival times are varied on purpose: at most 1% of the plan's value is given up so that they are hard to predict. As it always was
   * where it is left out.
   */
  varyTimes: z.boolean().optional(),
});
export type SuggestBody = z.infer<typeof suggestBody>;

const checkFields = z.strictObject({ at: instant, ok: z.boolean() });
declare const sealed: unique symbol;

/**
 * What a check against protected time said, and when. Sealed: only `openCheck` reads it, and that asks
 * for the newest change, so that no screen can show a check that is older as passed.
 */
export interface Check {
  readonly [sealed]: true;
}

export const checkReply = checkFields as unknown as z.ZodType<Check>;

export function sealCheck(check: z.infer<typeof checkFields>): Check {
  return check as unknown as Check;
}

/** Null when something has changed since; `changedAt` in epoch milliseconds. */
export function openCheck(check: Check, changedAt: number): z.infer<typeof checkFields> | null {
  const opened = check as unknown as z.infer<typeof checkFields>;
  return Date.parse(opened.at) >= changedAt ? opened : null;
}

/** About 15 minutes in one resolution-10 cell; an order with approximate times. */
export const stopReply = z.strictObject({
  cell,
  place: z.string(),
  arrive: instant,
  depart: instant,
});
export const lights = ["light", "dark", "partly dark"] as const;
export const windowStatuses = [
  "suggested",
  "agreed",
  /** By a sergeant. */
  "withdrawn",
  /** "No longer available": never why. */
  "unavailable",
  /** "No longer available" while it ran: it ended at `end`. */
  "called_off",
] as const;
export const planOrigins = ["planner", "last_week", "by_hand"] as const;
export type WindowStatus = (typeof windowStatuses)[number];

/** How a unit moves; all of them are visible. */
export const patrolModes = ["foot", "cycle", "vehicle"] as const;
export type PatrolMode = (typeof patrolModes)[number];
export const windowPurposes = ["patrol", "watch"] as const;
export type WindowPurpose = (typeof windowPurposes)[number];

const range = z.strictObject({ low: z.number(), high: z.number() });

/** The way from a stop to the next. */
export const legReply = z.strictObject({
  /** Along streets; null as the crow flies, where no street leads. */
  line: z.array(position).nullable(),
  metres: z.number(),
  /** With what it takes to lock a cycle or to park. */
  minutes: z.int(),
  /** "north on Fore Street, left into Sebastopol Road"; empty as the crow flies. */
  words: z.string(),
  /** Whom the streets of the line ask to be named; left out where they ask nobody. */
  attribution: z.string().optional(),
});
/** A patrol window: one unit in one zone for one to two hours. */
export const windowReply = z.strictObject({
  /** Unique within its plan: `w1`, `w2`, ... */
  id: z.string(),
  /** The resolution-9 cell. */
  zone: cell,
  place: z.string(),
  start: instant,
  end: instant,
  unit: z.int(),
  stops: z.array(stopReply),
  /** From each stop to the next; left out where it was planned without streets, as the crow flies. */
  legs: z.array(legReply).optional(),
  /** The stops and the cells between them, in walking order, for the map. */
  route: z.array(cell),
  /** Expected reports that the stops reach. */
  expected: z.number(),
  /** Of ten such windows what is really to be expected lies in it in eight; null where it was not told. */
  range: range.nullable(),
  /** `expected` as a share of all that is expected in the command over the plan's days, 0 to 1. */
  share: z.number(),
  /** `whyHere` and `whyNow` in one. */
  why: z.string(),
  whyHere: z.string(),
  whyNow: z.string(),
  light: z.enum(lights),
  status: z.enum(windowStatuses),
  /** A new suggestion of the same person for these days keeps it. */
  locked: z.boolean(),
  /** Lost, and another one stands in its place or a sergeant said that none is needed; left out otherwise. */
  dismissed: z.literal(true).optional(),
  /** Why its unit cannot go as the roster stands: "Unit 2 is not on duty then."; left out where it can, or nobody said. */
  unstaffed: z.string().optional(),
  /** How its unit moves. */
  mode: z.enum(patrolModes),
  /** `watch`: in an edge zone under alert. */
  purpose: z.enum(windowPurposes),
  /**
   * The check against protected time that was made for this reply. Null for a window that is over or no
   * longer stands, one of a first plan, or one beyond the days that police are shown.
   */
  checked: checkReply.nullable(),
});
export type WindowReply = z.infer<typeof windowReply>;

const capUse = z.strictObject({
  /** Visits to the most visited cell: agreed, logged and this plan's own. */
  visits: z.int(),
  cap: z.int(),
});

/** As it was asked for, with what was left out filled in. */
export const planOptions = z.strictObject({
  dwellMinutes: z.int(),
  useStaffing: z.boolean(),
  keepLocked: z.boolean(),
  watch: z.boolean(),
  /** Left out in plans from before it could be asked for. */
  varyTimes: z.boolean().optional(),
  /** Dates that went by the staffing. */
  staffedDates: z.array(date),
});
export type PlanOptions = z.infer<typeof planOptions>;

/**
 * How hard to predict the arrival times are (DEFINITIONS, Unpredictability); null: too few visits to tell. From patrols
 * that stand and the hours of shifts alone, never from what is closed.
 */
const predictability = z.strictObject({
  /** 0 where an observer guesses every half-hour, 1 where none but by chance. */
  score: z.number().min(0).max(1).nullable(),
  /** How often an observer would guess the half-hour of a visit, 0 to 1. */
  guessed: z.number().min(0).max(1).nullable(),
});
/** Of the plan with the patrols that were approved in the eight weeks up to its last day. */
const arrivalTimes = predictability.extend({
  /** Of the week before the plan's first day. */
  before: predictability,
});
export type ArrivalTimes = z.infer<typeof arrivalTimes>;

/** A suggested or stored plan; the first block is what `boxster plan --json` promises. */
export const planReply = z.strictObject({
  windows: z.array(windowReply),
  /** Expected reports reached, by the model's own count. */
  objective: z.number(),
  /** No plan of these candidates can reach more. */
  bound: z.number(),
  /** (bound - objective) / objective. */
  gap: z.number(),
  /** What the greedy plan reaches. */
  greedy: z.number(),
  seconds: z.number(),
  /**
   * "time": out of time before it was close enough, so that another try may give another plan. "gap": close
   * enough, or all rounds done with the gap as it is; like "optimal" it comes out the same again.
   */
  stopped: z.enum(["optimal", "gap", "time"]),
  /** Parts of the request that got no window. */
  refused: z.array(z.strictObject({ start: instant, end: instant, reason: z.string() })),
  /** When the least recently confirmed calendar was confirmed. */
  calendarsAsAt: instant.nullable(),
  /** What the figures stand on; null for plans from before it was told. */
  forecast: z
    .strictObject({
      /** `name` as a sentence, `way` the one that counts most; `timed` is left out in plans from before it was told. */
      method: z.strictObject({
        ...{ name: z.string(), way: z.string(), timed: z.number().optional() },
        leftOut: z.string().optional(),
      }),
      /** Expected in the whole command over the plan's days; of ten such times eight bring low to high. */
      total: range.extend({ expected: z.number() }),
      /** Where the objective lies, as it was suggested. */
      reach: range,
    })
    .nullable(),
  /** Nothing of it has been changed or approved since: `gap` is still its own. Left out otherwise. */
  asSuggested: z.literal(true).optional(),

  /** A plan that was copied or put together by hand was not compared with others. */
  origin: z.enum(planOrigins),
  /** Null until the plan is stored. */
  id: z.string().nullable(),
  /**
   * Printed on every sheet, to check before going out: it is renewed when an agreed window changes or
   * goes, and stays when more are agreed.
   */
  number: z.string().nullable(),
  status: z.enum(["suggested", "agreed", "withdrawn"]),
  agreedAt: instant.nullable(),
  /** When one of its windows last got its time, place or end, from whomever; null until it is stored, and for who reads the past alone. */
  changedAt: instant.nullable(),
  from: date,
  days: z.int(),
  units: z.int(),
  shifts: z.array(shiftText),
  seed: z.int(),
  asAt: date,
  /** What the suggestion was asked for; null for plans from before there were options. */
  options: planOptions.nullable(),
  /** For the cost panel; withdrawn windows count nowhere. */
  totals: z.strictObject({
    windows: z.int(),
    /** Minutes from start to end of all windows. */
    minutes: z.int(),
    stops: z.int(),
    share: z.number(),
    dayCap: capUse,
    weekCap: capUse,
  }),
  /** Null for a first plan, and for who reads the past alone. */
  arrivalTimes: arrivalTimes.nullable(),
});
export type PlanReply = z.infer<typeof planReply>;

/** One line of the suggest stream. */
export const planMessage = z.discriminatedUnion("type", [
  /** Queued behind another suggestion, or reading the data. */
  z.strictObject({ type: z.literal("started"), waiting: z.boolean() }),
  /** The greedy plan, within a second or so; not stored. */
  z.strictObject({ type: z.literal("first"), plan: planReply }),
  z.strictObject({
    type: z.literal("progress"),
    seconds: z.number(),
    objective: z.number(),
    bound: z.number().nullable(),
    gap: z.number().nullable(),
  }),
  /** The last line: stored as a suggestion, to be agreed by its id. */
  z.strictObject({ type: z.literal("plan"), plan: planReply }),
  /** The last line when it failed after the stream had begun. */
  z.strictObject({ type: z.literal("failed"), detail: z.string() }),
]);
export type PlanMessage = z.infer<typeof planMessage>;
