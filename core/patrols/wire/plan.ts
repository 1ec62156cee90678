import { z } from "zod";
import { date, instant } from "#core/contract/fields.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { encounterWeight, planEncounters } from "#core/patrols/wire/encounters.ts";
import { mostUnits, unitNumber } from "#core/patrols/wire/unit.ts";

/** Plans: requests and replies. */

export const cell = z
  .string()
  .regex(
    /^[0-9a-f]{15}$/,
    "An H3 cell of 15 hexadecimal digits",
  ) as z.ZodType<string> as z.ZodType<H3Cell>;
/** Of police, or of a patrol partner as whoever coordinates it says it. */
export const ownUnit = z.int().min(1).max(mostUnits);
/** Of anybody: a patrol partner's is in its own hundred. */
export const unit = z
  .int()
  .min(1)
  .max(999)
  .refine((one) => ownUnit.safeParse(unitNumber(one)).success, `A unit is 1 to ${mostUnits}`);
export const position = z.tuple([z.number(), z.number()]);

export const windowRef = z.strictObject({
  planId: z.string().regex(/^\d{1,15}$/),
  windowId: z.string().regex(/^w\d{1,6}$/),
});

/** `14:00-22:00`; an end at or before the start lies on the next day. */
export const shiftText = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, "Write a shift as 14:00-22:00");

/** POST /api/plans/suggest: the reply is a stream of `planMessage`, one JSON document a line. */
export const suggestBody = z.strictObject({
  /** First London date; a shift belongs to the date on which it starts. */
  from: date,
  days: z.int().min(1).max(28).default(7),
  /** Units out at any one time. */
  units: ownUnit.default(2),
  shifts: z.array(shiftText).min(1).max(6).optional(),
  seed: z.int().min(0).max(4_294_967_295).default(1),
  dwellMinutes: z.int().min(10).max(20).optional(),
  /** Staffed dates follow the staffing; the others, or all when false, `units`. */
  useStaffing: z.boolean().optional(),
  /** Windows that the caller locked in own suggestions for these days stay as they are. */
  keepLocked: z.boolean().optional(),
  /** A stop a day in each edge zone under alert, whatever is expected there. */
  watch: z.boolean().optional(),
  /**
   * Arrival times are varied at a cost of at most 1% of the plan's value so that they are hard to
   * predict. Unchanged from before where left out.
   */
  varyTimes: z.boolean().optional(),
  /** Fewer expected encounters with sex workers at some cost in coverage; none where left out. */
  encounters: encounterWeight.optional(),
});
export type SuggestBody = z.infer<typeof suggestBody>;

const checkFields = z.strictObject({ at: instant, ok: z.boolean() });
declare const sealed: unique symbol;

/**
 * Result and time of a check against protected time. Sealed: only `openCheck` reads it and asks for
 * the newest change, so that no screen can show an outdated check as passed.
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

export const patrolModes = ["foot", "cycle", "vehicle"] as const;
export type PatrolMode = (typeof patrolModes)[number];
export const windowPurposes = ["patrol", "watch"] as const;
export type WindowPurpose = (typeof windowPurposes)[number];

const range = z.strictObject({ low: z.number(), high: z.number() });

export const legReply = z.strictObject({
  /** Along streets; null as the crow flies, where no street leads. */
  line: z.array(position).nullable(),
  metres: z.number(),
  /** Includes locking a cycle or parking. */
  minutes: z.int(),
  /** "north on Fore Street, left into Sebastopol Road"; empty as the crow flies. */
  words: z.string(),
  /** Attribution that the line's streets require; absent where none. */
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
  /** Code of the patrol partner whose unit it is; null of police. */
  patrolPartner: z.string().nullable(),
  stops: z.array(stopReply),
  /** From each stop to the next; absent as the crow flies, where planned without streets. */
  legs: z.array(legReply).optional(),
  /** The stops and the cells between them, in walking order, for the map. */
  route: z.array(cell),
  /** Expected reports that the stops reach. */
  expected: z.number(),
  /** 80% interval of the expected reports; null where not computed. */
  range: range.nullable(),
  /** `expected` as a share of the command's over the plan's days, 0 to 1. */
  share: z.number(),
  /** `whyHere` and `whyNow` in one. */
  why: z.string(),
  whyHere: z.string(),
  whyNow: z.string(),
  light: z.enum(lights),
  status: z.enum(windowStatuses),
  /** The caller's next suggestion for these days keeps it. */
  locked: z.boolean(),
  /** Lost, and replaced or marked as needing no replacement; absent otherwise. */
  dismissed: z.literal(true).optional(),
  /** Why its unit cannot go: "Unit 2 is not on duty then."; absent where it can, or no roster. */
  unstaffed: z.string().optional(),
  mode: z.enum(patrolModes),
  /** `watch`: in an edge zone under alert. */
  purpose: z.enum(windowPurposes),
  /**
   * Check against protected time made for this reply. Null for a window that is over or cancelled,
   * one of a first plan, or one beyond the days that police are shown.
   */
  checked: checkReply.nullable(),
});
export type WindowReply = z.infer<typeof windowReply>;

const capUse = z.strictObject({
  /** Visits to the most visited cell: agreed, logged and this plan's own. */
  visits: z.int(),
  cap: z.int(),
});

export const planOptions = z.strictObject({
  dwellMinutes: z.int(),
  useStaffing: z.boolean(),
  keepLocked: z.boolean(),
  watch: z.boolean(),
  /** Absent in plans older than the option. */
  varyTimes: z.boolean().optional(),
  staffedDates: z.array(date),
  /** Absent where encounters had no weight. */
  encounters: planEncounters.optional(),
});
export type PlanOptions = z.infer<typeof planOptions>;

/**
 * How hard the arrival times are to predict (DEFINITIONS, Unpredictability); null: too few visits
 * to tell. From current patrols and shift hours only, never from closed time.
 */
const predictability = z.strictObject({
  /** 0 where an observer guesses every half-hour, 1 where none but by chance. */
  score: z.number().min(0).max(1).nullable(),
  /** How often an observer would guess the half-hour of a visit, 0 to 1. */
  guessed: z.number().min(0).max(1).nullable(),
});
/** Of the plan and the patrols approved in the eight weeks up to its last day. */
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
  /** Proven upper bound over these candidates. */
  bound: z.number(),
  /** (bound - objective) / objective. */
  gap: z.number(),
  greedy: z.number(),
  seconds: z.number(),
  /**
   * "time": out of time before it was close enough; a retry may give another plan. "gap": close
   * enough, or all rounds done with this gap; reproducible, like "optimal".
   */
  stopped: z.enum(["optimal", "gap", "time"]),
  refused: z.array(z.strictObject({ start: instant, end: instant, reason: z.string() })),
  /** When the least recently confirmed calendar was confirmed. */
  calendarsAsAt: instant.nullable(),
  /** The forecast behind the figures; null in older plans. */
  forecast: z
    .strictObject({
      /** `name` is a sentence, `way` the heaviest model; `timed` is absent in older plans. */
      method: z.strictObject({
        name: z.string(),
        way: z.string(),
        timed: z.number().optional(),
        leftOut: z.string().optional(),
      }),
      /** Over the plan's days, whole command; low to high is the 80% interval, absent until one is learnt. */
      total: range.partial().extend({ expected: z.number() }),
      reach: range.nullable(),
    })
    .nullable(),
  /** Nothing changed or approved since: `gap` still holds. Absent otherwise. */
  asSuggested: z.literal(true).optional(),

  /** A plan copied or made by hand was not compared with others. */
  origin: z.enum(planOrigins),
  /** Null until the plan is stored. */
  id: z.string().nullable(),
  /**
   * Printed on every sheet, to check before going out: renewed when an agreed window changes or is
   * removed, kept when more are agreed.
   */
  number: z.string().nullable(),
  status: z.enum(["suggested", "agreed", "withdrawn"]),
  agreedAt: instant.nullable(),
  /** Last change of a window's time, place or end; null until stored, and for past-only readers. */
  changedAt: instant.nullable(),
  from: date,
  days: z.int(),
  units: z.int(),
  shifts: z.array(shiftText),
  seed: z.int(),
  asAt: date,
  /** The request; null in plans older than options. */
  options: planOptions.nullable(),
  /** For the cost panel; without withdrawn windows. */
  totals: z.strictObject({
    windows: z.int(),
    /** Minutes from start to end of all windows. */
    minutes: z.int(),
    stops: z.int(),
    share: z.number(),
    dayCap: capUse,
    weekCap: capUse,
  }),
  /** Null for a first plan, and for past-only readers. */
  arrivalTimes: arrivalTimes.nullable(),
});
export type PlanReply = z.infer<typeof planReply>;

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
  z.strictObject({ type: z.literal("failed"), detail: z.string() }),
]);
export type PlanMessage = z.infer<typeof planMessage>;
