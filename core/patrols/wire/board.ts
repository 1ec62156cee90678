import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";
import { encountersReply } from "#core/patrols/wire/encounters.ts";
import {
  cell,
  legReply,
  lights,
  patrolModes,
  planReply,
  position,
  suggestBody,
  unit,
  windowRef,
  windowReply,
} from "#core/patrols/wire/plan.ts";

/** Acts on plans, and the papers and files made from them. */

const atWindow = windowRef.shape;
const atPlan = { planId: atWindow.planId };
export type WindowParams = z.infer<typeof windowRef>;

/** Plans that share a day with these, newest first. */
const plansQuery = z.strictObject({
  from: date,
  days: z.coerce.number().int().min(1).max(31).default(7),
});
/**
 * Of an operation whose stop rule says that new patrols wait; a rise that two people have not answered yet. Once for each
 * state that the operation has had since.
 */
export const rise = z.strictObject({
  operation: z.string(),
  neighbour: z.string(),
  /** First and last day of the operation, in that state. */
  from: date,
  to: date.nullable(),
  /** The treated area, in that state. */
  cells: z.array(cell).readonly(),
});
export type Rise = z.infer<typeof rise>;

export const plansReply = z.strictObject({
  from: date,
  to: date,
  plans: z.array(planReply),
  /** For a sergeant. */
  rises: z.array(rise).readonly(),
});
export type PlansReply = z.infer<typeof plansReply>;

/** An empty plan; replaces the caller's suggestion for these days. */
const newPlanBody = suggestBody.pick({ from: true, days: true, units: true, shifts: true }).extend({
  /** "last_week": the agreed windows of seven days before, as far as they fit. */
  origin: z.enum(["by_hand", "last_week"]),
});
export type NewPlanBody = z.infer<typeof newPlanBody>;

/**
 * Of a plan to be agreed, withdrawn or taken back: all, or the named windows. Windows that are neither agreed nor named stay
 * suggested and occupy nothing.
 */
const windowChoice = z.strictObject({ windowIds: z.array(z.string()).min(1).optional() });

/** The stops in walking order; their times follow from start and end. */
export const stops = z.array(cell).min(1).max(7);

/**
 * A user-defined window. Without stops the best walk at that time is taken: of the zone, or of
 * every zone.
 */
const newWindowBody = z.strictObject({
  start: instant,
  end: instant,
  unit,
  zone: cell.optional(),
  stops: stops.optional(),
  /** The lost patrol, of any plan, that this replaces: dismissed for as long as this one stands. */
  instead: windowRef.optional(),
});
export type NewWindowBody = z.infer<typeof newWindowBody>;

/** A field left out is unchanged. */
const windowChange = z.strictObject({
  start: instant.optional(),
  end: instant.optional(),
  stops: stops.optional(),
  unit: unit.optional(),
  /** Kept by a new suggestion; changes nothing else and is never refused. */
  locked: z.boolean().optional(),
});
export type WindowChange = z.infer<typeof windowChange>;

/** A refusal is an answer, not an error: nothing was changed. */
const windowChangeReply = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true), plan: planReply, window: windowReply }),
  z.strictObject({
    ok: z.literal(false),
    /** "Not available at that time. Nearest time that fits: Fri 26 Nov 21:30 to 23:00." */
    reason: z.string(),
    /**
     * By the visible footprint, shifts, units and visits only; null when none is near or it lies
     * beyond what is shown.
     */
    nearest: z.strictObject({ start: instant, end: instant }).nullable(),
    /** Another free unit, where only the unit is in the way. */
    otherUnit: z.int().nullable(),
  }),
]);
export type WindowChangeReply = z.infer<typeof windowChangeReply>;

const interval = z.strictObject({ from: z.number(), to: z.number() });

/**
 * Expected reports and logged visits at the stops of these days and who is on duty, so that a drag
 * is priced and checked as the server will. Instants in epoch milliseconds.
 */
const worthReply = z.strictObject({
  /** Expected in the whole command over the plan's days. */
  total: z.number(),
  reachMinutes: z.number(),
  cells: z.array(cell),
  /** `rates[at * 168 + hour]`: expected reports in each local hour of a week, Monday 00:00 first. */
  rates: z.array(z.number()),
  /** Logged visits of these days and a week around, less those of planned stops. */
  logged: z.array(z.strictObject({ cell, arrive: z.number(), depart: z.number() })),
  /** Null where no duty is recorded, or the plan was asked for without. */
  staffing: z
    .strictObject({
      /** Others use the number of units. */
      dates: z.array(date),
      duties: z.array(
        interval.extend({
          unit,
          mode: z.enum(patrolModes),
          patrolPartner: z.string().nullish(),
          /** Without tasks and interviews. */
          free: z.array(interval),
        }),
      ),
    })
    .nullable(),
});
export type WorthReply = z.infer<typeof worthReply>;

const windowState = windowReply
  .pick({ start: true, end: true, unit: true, status: true })
  .extend({ stops: z.array(cell) });
export type WindowState = z.infer<typeof windowState>;
/** A window before and after an act; null where there was none. */
const changedWindow = z.strictObject({
  id: z.string(),
  before: windowState.nullable(),
  after: windowState.nullable(),
});
export type ChangedWindow = z.infer<typeof changedWindow>;

export const planChange = z.strictObject({
  id: z.string(),
  act: z.enum(["add", "change", "split", "remove", "restore", "agree", "take_back"]),
  at: instant,
  by: z.string(),
  windows: z.array(changedWindow),
});
export type PlanAct = z.infer<typeof planChange>["act"];
const changesReply = z.strictObject({ changes: z.array(planChange) });
export type ChangesReply = z.infer<typeof changesReply>;

/** Permitted routes only, checked at the moment of issue. */
export const briefingReply = z.strictObject({
  /** "Neighbourhood patrol" */
  title: z.string(),
  number: z.string(),
  issuedAt: instant,
  /** Made-up data is marked on every print. */
  demo: z.boolean(),
  /** "Number P12-3. Check it before you go and every hour: not valid unless Boxster confirms it." */
  checkLine: z.string(),
  /** For four weeks after boundaries moved. */
  moved: z.string().optional(),
  /** One a shift, on as many pages as its windows need. */
  sheets: z.array(
    z.strictObject({
      /** "Friday 26 November 2021, 14:00 to 22:00" */
      title: z.string(),
      start: instant,
      end: instant,
      voidAfter: instant,
      windows: z.array(
        z.strictObject({
          id: z.string(),
          unit: z.int(),
          unstaffed: z.string().optional(),
          place: z.string(),
          /** "21:05 to 22:25" */
          times: z.string(),
          whyHere: z.string(),
          whyNow: z.string(),
          /** "light", "dark", "partly dark" */
          light: z.enum(lights),
          stops: z.array(
            z.strictObject({
              order: z.int(),
              place: z.string(),
              /** "about 21:05" */
              about: z.string(),
              centre: position,
              cell,
            }),
          ),
          /** Along streets from stop to stop, in words; absent as the crow flies. */
          legs: z.array(legReply.pick({ line: true, words: true, attribution: true })).optional(),
          /** Centres of the route's cells, for the map. */
          route: z.array(position),
        }),
      ),
    }),
  ),
  lookFor: z.array(z.string()),
  referral: z.string(),
  emergency: z.string(),
});
export type BriefingReply = z.infer<typeof briefingReply>;

export const numberReply = z.strictObject({
  number: z.string(),
  stands: z.boolean(),
  /** "Stands" or "Not valid: print the briefing again." */
  sentence: z.string(),
  checkedAt: instant,
});
export type NumberReply = z.infer<typeof numberReply>;

const plan = { params: atPlan, reply: planReply };
const ofWindow = { params: atWindow, reply: windowChangeReply };

export const planCalls = {
  /** Streams `planMessage`, one JSON document a line. */
  suggest: call("POST /api/plans/suggest", { body: suggestBody }),
  list: call("GET /api/plans", { query: plansQuery, reply: plansReply }),
  start: call("POST /api/plans", { body: newPlanBody, reply: planReply }),
  agree: call("POST /api/plans/:planId/agree", { ...plan, body: windowChoice }),
  withdraw: call("POST /api/plans/:planId/withdraw", { ...plan, body: windowChoice }),
  takeBack: call("POST /api/plans/:planId/take-back", { ...plan, body: windowChoice }),
  restore: call("POST /api/plans/:planId/restore", {
    ...plan,
    body: z.strictObject({ windowIds: z.array(z.string()).min(1).max(500) }),
  }),
  addWindow: call("POST /api/plans/:planId/windows", {
    params: atPlan,
    body: newWindowBody,
    reply: windowChangeReply,
  }),
  changeWindow: call("PATCH /api/plans/:planId/windows/:windowId", {
    ...ofWindow,
    body: windowChange,
  }),
  splitWindow: call("POST /api/plans/:planId/windows/:windowId/split", {
    ...ofWindow,
    body: z.strictObject({ afterStop: z.int().min(1).max(6) }),
  }),
  /** Says that a lost patrol needs no replacement, or does. */
  dismiss: call("POST /api/plans/:planId/windows/:windowId/dismiss", {
    params: atWindow,
    body: z.strictObject({ dismissed: z.boolean() }),
    reply: planReply,
  }),
  changes: call("GET /api/plans/:planId/changes", { params: atPlan, reply: changesReply }),
  /** Whether a plan can go by encounters at all. */
  encounters: call("GET /api/plans/encounters", { reply: encountersReply }),
  worth: call("GET /api/plans/:planId/worth", { params: atPlan, reply: worthReply }),
  briefing: call("GET /api/plans/:planId/briefing", { params: atPlan, reply: briefingReply }),
  calendar: call("GET /api/plans/:planId/calendar.ics", { params: atPlan }),
  table: call("GET /api/plans/:planId/plan.csv", { params: atPlan }),
  number: call("GET /api/plans/numbers/:number", {
    params: { number: z.string().max(40) },
    reply: numberReply,
  }),
};
