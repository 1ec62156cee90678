import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";
import { briefingReply, numberReply, stops } from "#core/patrols/wire/board.ts";
import { patrolPartner } from "#core/patrols/wire/patrol-partners.ts";
import { ownUnit, windowRef, windowReply } from "#core/patrols/wire/plan.ts";
import { dateSpan, duty } from "#core/patrols/wire/staffing.ts";

/** What the warden coordinator of a patrol partner reads and does (ADR 36). */

/**
 * Never what a plan expects, why in numbers, or how many windows others have. `why` is the same
 * sentence for every place.
 */
export const wardenWindow = windowReply
  .pick({
    id: true,
    zone: true,
    place: true,
    unit: true,
    start: true,
    end: true,
    stops: true,
    legs: true,
    route: true,
    why: true,
    light: true,
    status: true,
    mode: true,
    checked: true,
    unstaffed: true,
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
      planId: z.string(),
      windowId: z.string(),
      start: instant,
      unit: z.int(),
      reason: z.string(),
    }),
  ),
});
export type WardenStaffingReply = z.infer<typeof wardenStaffingReply>;

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
