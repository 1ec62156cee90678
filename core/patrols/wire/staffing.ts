import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";
import { patrolModes, shiftText } from "#core/patrols/wire/plan.ts";

export const taskKinds = ["match_day", "court", "event", "training", "other"] as const;
export type TaskKind = (typeof taskKinds)[number];

/** Units are numbers: officers' names and shoulder numbers stay in the sergeant's browser. */
export const mostUnits = 12;
const unit = z.int().min(1).max(mostUnits);

/** A unit on duty: the wall-clock date on which the hours begin, and "14:00-22:00". */
export const duty = z.strictObject({ date, unit, hours: shiftText, mode: z.enum(patrolModes) });
export type Duty = z.infer<typeof duty>;

/** An interview takes a unit, or any one, from patrol, and lies outside the core hours. */
export const interviewBlock = z.strictObject({ date, unit: unit.nullable(), hours: shiftText });
export type InterviewBlock = z.infer<typeof interviewBlock>;

/** Takes a unit from patrol as well. There is no room for words: a kind names nobody. */
export const fixedTask = interviewBlock.extend({ kind: z.enum(taskKinds) });
export type FixedTask = z.infer<typeof fixedTask>;

const staffingQuery = z.strictObject({
  from: date,
  days: z.coerce.number().int().min(1).max(28).default(7),
});
/** London dates. */
export type DateSpan = Readonly<z.infer<typeof staffingQuery>>;

/**
 * What is given takes the place of all that begins on these days. Refused with `errors[]` whose
 * `field` is "duties.3", "tasks.0" or "interviews.2" where something does not go together.
 */
export const staffingBody = z.strictObject({
  duties: z.array(duty).max(1_000),
  tasks: z.array(fixedTask).max(500),
  interviews: z.array(interviewBlock).max(200),
  /** Kept for patrol every evening from the first of these days on. */
  coreHours: shiftText,
});
export type StaffingBody = z.infer<typeof staffingBody>;

const carryBody = z.strictObject({ from: date, days: z.int().min(1).max(28).default(7) });

export const controlDraw = z.strictObject({ week: date, daysPerPlace: z.int(), places: z.int() });
export type ControlDraw = z.infer<typeof controlDraw>;

const staffingReply = staffingBody.extend({
  from: date,
  to: date,
  /** Agreed windows whose unit is not on duty or is needed elsewhere as it now stands. */
  conflicts: z.array(
    z.strictObject({
      ...{ plan: z.string(), window: z.string(), start: instant },
      ...{ unit: z.int(), reason: z.string() },
    }),
  ),
  /**
   * Times at which an hour's interview fits: a unit on duty, nothing else to do, outside the core
   * hours; up to three a day, the ones farthest from the core hours first.
   */
  interviewOffers: z.array(interviewBlock.extend({ unit })),
  /** Control days by week (a Monday): how many places, and on how many days each has no patrol. */
  control: z.array(controlDraw),
});
export type StaffingReply = z.infer<typeof staffingReply>;

const controlDrawBody = z.strictObject({
  /** A Monday. */
  week: date,
  daysPerPlace: z.int().min(1).max(2).default(1),
});
export type ControlDrawBody = z.infer<typeof controlDrawBody>;

const pastControlReply = z.strictObject({
  days: z.array(
    z.strictObject({
      /** Resolution 9. */
      zone: z.string(),
      day: date,
    }),
  ),
  /** What these weeks were drawn from: equal seed and places give equal days. */
  draws: z.array(controlDraw.extend({ seed: z.int(), drawnAt: z.iso.datetime({ offset: true }) })),
});
export type PastControlReply = z.infer<typeof pastControlReply>;

const place = {
  zone: z.string(),
  place: z.string(),
  /** Of residents and partners in the last weeks. */
  reports: z.int(),
};
const besideReply = z.strictObject({
  /** "No patrol: partner-led": reported street sex work sends nobody. */
  partnerLed: z.array(z.strictObject({ ...place, sentence: z.string() })),
  /** "Change the place": busy places with something that can be changed. */
  changePlace: z.array(
    z.strictObject({
      ...place,
      /** "2 alleys", in its reported cells or beside them */
      factors: z.array(z.string()),
      sentence: z.string(),
    }),
  ),
});
export type BesideReply = z.infer<typeof besideReply>;

export const staffingCalls = {
  read: call("GET /api/staffing", { query: staffingQuery, reply: staffingReply }),
  write: call("PUT /api/staffing", {
    query: staffingQuery,
    body: staffingBody,
    reply: staffingReply,
  }),
  /** The duties of seven days before, on those of the days that have none as the server then sees them. */
  carry: call("POST /api/staffing/carry", { body: carryBody, reply: staffingReply }),
  /**
   * Draws, once a week and for good, on which days the busiest places have no patrol. Which ones is told to nobody before the
   * week is over: they are hatched as keep clear like everything else.
   */
  drawControl: call("POST /api/staffing/control-days", {
    body: controlDrawBody,
    reply: controlDraw,
  }),
  /** Which they were, of whole weeks that are over. */
  pastControl: call("GET /api/staffing/control-days", {
    query: staffingQuery,
    reply: pastControlReply,
  }),
  /** What may help where a patrol does not, from reports and place factors alone; the same whatever is closed. */
  beside: call("GET /api/plans/beside", { reply: besideReply }),
};
