import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";
import { briefingReply, numberReply, stops, windowRef } from "#core/patrols/wire/board.ts";
import { ownUnit, windowReply } from "#core/patrols/wire/plan.ts";
import { dateSpan, duty } from "#core/patrols/wire/staffing.ts";
import { hasUnseen, shownName, unseenReason } from "#core/text/shown-name.ts";

/** Who patrols beside police (ADR 36), and what its warden coordinator reads and does. */

export const patrolPartnerKinds = ["wardens", "marshals", "security"] as const;
export type PatrolPartnerKind = (typeof patrolPartnerKinds)[number];

/** A tenth of a km/h is as fine as anybody knows it. */
const kmh = z.number().min(2).max(7).multipleOf(0.1);

export const patrolPartner = z.strictObject({
  code: z.string(),
  /** Its units are 101 to 112 in the plan if it is 1. */
  number: z.int(),
  name: z.string(),
  kind: z.enum(patrolPartnerKinds),
  /** Of its units on foot. */
  kmh: z.number(),
  /** Codes of boroughs and public areas in which its units may stand; none: the whole command. */
  areas: z.array(z.string()),
});
export type PatrolPartner = Readonly<z.infer<typeof patrolPartner>>;

const areaCode = z
  .string()
  .min(1)
  .max(120)
  .refine((code) => !hasUnseen(code), unseenReason);
const kept = {
  name: shownName(80).regex(/[a-z0-9]/i, "a letter or a number is needed"),
  kind: z.enum(patrolPartnerKinds),
  kmh,
  areas: z.array(areaCode).max(100),
};
const newPatrolPartnerBody = z.strictObject({ ...kept, evenAlike: z.boolean().optional() });
export type NewPatrolPartner = z.infer<typeof newPatrolPartnerBody>;
/** A field left out keeps its value. */
const patrolPartnerChange = newPatrolPartnerBody.partial();
export type PatrolPartnerChange = z.infer<typeof patrolPartnerChange>;

export const patrolPartnersReply = z.strictObject({
  patrolPartners: z.array(patrolPartner),
  /** What `areas` may name, each after the whole that it is part of. */
  choices: z.array(z.strictObject({ code: z.string(), name: z.string() })),
});

/**
 * Never what a plan expects, why in numbers, or how many windows others have. `why` is the same
 * sentence for every place.
 */
export const wardenWindow = windowReply
  .pick({
    ...{ id: true, zone: true, place: true, unit: true, start: true, end: true, stops: true },
    ...{ legs: true, route: true, why: true, light: true, status: true, mode: true },
    ...{ checked: true, unstaffed: true },
  })
  .extend({ planId: z.string() });
export type WardenWindow = z.infer<typeof wardenWindow>;

export const wardenWindowsReply = z.strictObject({
  from: date,
  to: date,
  patrolPartner,
  /** Newest change of one of them; null without any. */
  changedAt: instant.nullable(),
  windows: z.array(wardenWindow),
});
export type WardenWindowsReply = z.infer<typeof wardenWindowsReply>;

const chosenWindows = z.strictObject({ windows: z.array(windowRef).min(1).max(500) });
const windowsReply = z.strictObject({ windows: z.array(wardenWindow) });

const wardenChange = z.strictObject({
  start: instant.optional(),
  end: instant.optional(),
  stops: stops.optional(),
  unit: ownUnit.optional(),
});
export type WardenChange = z.infer<typeof wardenChange>;

/** A refusal is an answer: nothing was changed. */
const wardenChangeReply = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true), window: wardenWindow }),
  z.strictObject({
    ok: z.literal(false),
    /** "Another unit is here then.": for whatever others have there, and however often. */
    reason: z.string(),
    /** By what is shown as keep clear and own windows only; it may be refused for another unit. */
    nearest: z.strictObject({ start: instant, end: instant }).nullable(),
  }),
]);
export type WardenChangeReply = z.infer<typeof wardenChangeReply>;

const wardenStaffingBody = z.strictObject({ duties: z.array(duty).max(1_000) });
export type WardenStaffingBody = z.infer<typeof wardenStaffingBody>;
const wardenStaffingReply = wardenStaffingBody.extend({
  from: date,
  to: date,
  /** Approved windows whose unit is not on duty. */
  conflicts: z.array(
    z.strictObject({
      ...{ planId: z.string(), windowId: z.string(), start: instant },
      ...{ unit: z.int(), reason: z.string() },
    }),
  ),
});
export type WardenStaffingReply = z.infer<typeof wardenStaffingReply>;

export const patrolPartnerCalls = {
  list: call("GET /api/patrol-partners", { reply: patrolPartnersReply }),
  add: call("POST /api/patrol-partners", { body: newPatrolPartnerBody, reply: patrolPartner }),
  change: call("PATCH /api/patrol-partners/:code", {
    params: { code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/) },
    body: patrolPartnerChange,
    reply: patrolPartner,
  }),
};

/** Beside these a warden coordinator has keep clear, its check, notices and debriefs as a sergeant has. */
export const wardenCalls = {
  windows: call("GET /api/warden/windows", { query: dateSpan, reply: wardenWindowsReply }),
  agree: call("POST /api/warden/windows/agree", { body: chosenWindows, reply: windowsReply }),
  withdraw: call("POST /api/warden/windows/withdraw", { body: chosenWindows, reply: windowsReply }),
  change: call("PATCH /api/warden/windows/:planId/:windowId", {
    params: windowRef.shape,
    body: wardenChange,
    reply: wardenChangeReply,
  }),
  /** Of own approved windows of shifts that begin on these days. */
  briefing: call("GET /api/warden/briefing", { query: dateSpan, reply: briefingReply }),
  number: call("GET /api/warden/numbers/:number", {
    params: { number: z.string().max(40) },
    reply: numberReply,
  }),
  staffing: call("GET /api/warden/staffing", { query: dateSpan, reply: wardenStaffingReply }),
  /** Replaces own duties that begin on these days: all or none. */
  writeStaffing: call("PUT /api/warden/staffing", {
    query: dateSpan,
    body: wardenStaffingBody,
    reply: wardenStaffingReply,
  }),
};
