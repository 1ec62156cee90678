import { fetchJson } from "#client/api/fetch.ts";
import * as wire from "#core/patrols/wire/staffing.ts";

export interface StaffingSpan {
  readonly from: string;
  readonly days: number;
}

export function loadStaffing(span: StaffingSpan, signal: AbortSignal): Promise<wire.StaffingReply> {
  return fetchJson(staffingPath(span), wire.staffingReply, { signal });
}

/** Numbers, hours and kinds: what the body has no room for cannot leave. */
export function saveStaffing(
  span: StaffingSpan,
  body: wire.StaffingBody,
): Promise<wire.StaffingReply> {
  return fetchJson(staffingPath(span), wire.staffingReply, { method: "PUT", body });
}

/** Last week's duties for the days that nobody has staffed by then. */
export function carryStaffing({ from, days }: StaffingSpan): Promise<wire.StaffingReply> {
  const body = { from, days };
  return fetchJson("/api/staffing/carry", wire.staffingReply, { method: "POST", body });
}

export function drawControlDays(week: string): Promise<wire.ControlDrawReply> {
  const body = { week, daysPerPlace: 1 };
  return fetchJson("/api/staffing/control-days", wire.controlDrawReply, { method: "POST", body });
}

export function loadBeside(signal: AbortSignal): Promise<wire.BesideReply> {
  return fetchJson("/api/plans/beside", wire.besideReply, { signal });
}

function staffingPath({ from, days }: StaffingSpan): string {
  return `/api/staffing?${new URLSearchParams({ from, days: String(days) })}`;
}
