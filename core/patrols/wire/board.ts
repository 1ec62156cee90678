import { z } from "zod";
import {
  patrolModes,
  shiftText,
  windowParams,
  windowReply,
  windowStatuses,
} from "#core/patrols/wire/plan.ts";
import { londonDate } from "#core/text/london-date.ts";

const instant = z.iso.datetime({ offset: true });
const cell = z.string().regex(/^[0-9a-f]{15}$/, "An H3 cell of 15 hexadecimal digits");
const unit = z.int().min(1).max(12);

/** POST /api/plans : a plan without the planner; it takes the place of this person's suggestions for these days. */
export const newPlanBody = z.strictObject({
  from: londonDate,
  days: z.int().min(1).max(28).default(7),
  units: unit.default(2),
  shifts: z.array(shiftText).min(1).max(6).optional(),
  /** "last_week": the agreed windows of seven days before, as far as they fit. */
  origin: z.enum(["by_hand", "last_week"]),
});
export type NewPlanBody = z.infer<typeof newPlanBody>;

/**
 * POST /api/plans/:planId/windows : a window of one's own. Without stops the best walk at that time is
 * taken: of the zone, or of every zone. The answer is that of a change (`windowChangeReply`).
 */
export const newWindowBody = z.strictObject({
  start: instant,
  end: instant,
  unit,
  /** A patrol zone: a resolution-9 cell. */
  zone: cell.optional(),
  stops: z.array(cell).min(1).max(7).optional(),
  /** The lost patrol, of whichever plan, whose place it takes: that one is dismissed for as long as this one stands. */
  instead: windowParams.optional(),
});
export type NewWindowBody = z.infer<typeof newWindowBody>;

/** POST /api/plans/:planId/windows/:windowId/split : what comes after so many stops becomes a window of its own. */
export const splitBody = z.strictObject({ afterStop: z.int().min(1).max(6) });

/** Epoch milliseconds. */
const moment = z.number();
const interval = z.strictObject({ from: moment, to: moment });

/**
 * GET /api/plans/:planId/worth : what is expected at the stops of these days, what was logged there and who
 * is on duty, so that a drag is priced and judged at once as the server will judge it.
 */
export const worthReply = z.strictObject({
  /** Expected in the whole command over the plan's days. */
  total: z.number(),
  reachMinutes: z.number(),
  cells: z.array(cell),
  /** `rates[at * 168 + hour]`: expected reports in each local hour of a week, Monday 00:00 first. */
  rates: z.array(z.number()),
  /** Logged visits of the days and a week around, that no planned stop stands for. */
  logged: z.array(z.strictObject({ cell, arrive: moment, depart: moment })),
  /** Null where nobody is said to be on duty, or the plan was asked for without. */
  staffing: z
    .strictObject({
      /** Others go by the number of units. */
      dates: z.array(londonDate),
      duties: z.array(
        interval.extend({
          unit,
          mode: z.enum(patrolModes),
          /** Without tasks and interviews. */
          free: z.array(interval),
        }),
      ),
    })
    .nullable(),
});
export type WorthReply = z.infer<typeof worthReply>;

export const planActs = [
  "add",
  "change",
  "split",
  "remove",
  "restore",
  "agree",
  "take_back",
] as const;
export type PlanAct = (typeof planActs)[number];

const windowState = windowReply
  .pick({ start: true, end: true, unit: true })
  .extend({ stops: z.array(cell), status: z.enum(windowStatuses) });
export type WindowState = z.infer<typeof windowState>;

/** How a window stood before and after an act; null where there was none. */
export const changedWindow = z.strictObject({
  id: z.string(),
  before: windowState.nullable(),
  after: windowState.nullable(),
});
export type ChangedWindow = z.infer<typeof changedWindow>;

/** GET /api/plans/:planId/changes : what sergeants did to a plan, newest first. */
export const changesReply = z.strictObject({
  changes: z.array(
    z.strictObject({
      id: z.string(),
      act: z.enum(planActs),
      at: instant,
      by: z.string(),
      windows: z.array(changedWindow),
    }),
  ),
});
export type ChangesReply = z.infer<typeof changesReply>;
