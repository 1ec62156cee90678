import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";
import { ownUnit, patrolModes, shiftText, unit } from "#core/patrols/wire/plan.ts";

export const taskKinds = ["match_day", "court", "event", "training", "other"] as const;
export type TaskKind = (typeof taskKinds)[number];

export const taskWords: Readonly<Record<TaskKind, string>> = {
  match_day: "Match day",
  court: "Court",
  event: "Event",
  training: "Training",
  other: "Other duty",
};

/**
 * A unit on duty: the wall-clock date on which the hours begin, and "14:00-22:00". Units are
 * numbers: officers' names and shoulder numbers stay in the sergeant's browser.
 */
export const duty = z.strictObject({
  date,
  unit: ownUnit,
  hours: shiftText,
  mode: z.enum(patrolModes),
});
export type Duty = z.infer<typeof duty>;
export const partnerDuty = duty.extend({ unit, patrolPartner: z.string() });
export type PartnerDuty = z.infer<typeof partnerDuty>;

/** An interview takes a unit, or any one, from patrol, and lies outside the core hours. */
export const interviewBlock = z.strictObject({ date, unit: ownUnit.nullable(), hours: shiftText });
export type InterviewBlock = z.infer<typeof interviewBlock>;

/** Also takes a unit from patrol. No free text: a kind names nobody. */
export const fixedTask = interviewBlock.extend({ kind: z.enum(taskKinds) });
export type FixedTask = z.infer<typeof fixedTask>;

export const dateSpan = z.strictObject({
  from: date,
  days: z.coerce.number().int().min(1).max(28).default(7),
});
/** London dates. */
export type DateSpan = Readonly<z.infer<typeof dateSpan>>;

/**
 * Replaces everything that begins on these days. Refused with `errors[]` whose `field` is
 * "duties.3", "tasks.0" or "interviews.2" where entries conflict.
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

const staffingReply = staffingBody.extend({
  /** Of patrol partners, which type them themselves. */
  partnerDuties: z.array(partnerDuty),
  from: date,
  to: date,
  /** Agreed windows whose unit is off duty or needed elsewhere. */
  conflicts: z.array(
    z.strictObject({
      plan: z.string(),
      window: z.string(),
      start: instant,
      unit: z.int(),
      reason: z.string(),
    }),
  ),
  /**
   * Times when a one-hour interview fits: an idle unit on duty outside the core hours; up to three
   * a day, farthest from the core hours first.
   */
  interviewOffers: z.array(interviewBlock.extend({ unit: ownUnit })),
});
export type StaffingReply = z.infer<typeof staffingReply>;

const place = {
  zone: z.string(),
  place: z.string(),
  /** By residents and partners, recent weeks. */
  reports: z.int(),
};
const besideReply = z.strictObject({
  /** "No patrol: partner-led": reported street sex work sends nobody. */
  partnerLed: z.array(z.strictObject({ ...place, sentence: z.string() })),
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
  read: call("GET /api/staffing", { query: dateSpan, reply: staffingReply }),
  write: call("PUT /api/staffing", { query: dateSpan, body: staffingBody, reply: staffingReply }),
  /** Copies the duties of seven days before to the days that have none on the server. */
  carry: call("POST /api/staffing/carry", { body: carryBody, reply: staffingReply }),
  /** Where something other than a patrol may help, from reports and place factors alone. */
  beside: call("GET /api/plans/beside", { reply: besideReply }),
};
