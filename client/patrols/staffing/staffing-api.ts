import { fetchJson } from "#client/api/fetch.ts";
import {
  type BesideReply,
  besideReply,
  type ControlDrawReply,
  controlDrawReply,
  type StaffingBody,
  type StaffingReply,
  staffingReply,
} from "#core/patrols/wire/staffing.ts";

export interface StaffingSpan {
  readonly from: string;
  readonly days: number;
}

export function loadStaffing(span: StaffingSpan, signal: AbortSignal): Promise<StaffingReply> {
  return fetchJson(staffingPath(span), staffingReply, { signal });
}

/** Numbers, hours and kinds: what the body has no room for cannot leave. */
export function saveStaffing(span: StaffingSpan, body: StaffingBody): Promise<StaffingReply> {
  return fetchJson(staffingPath(span), staffingReply, { method: "PUT", body });
}

/** Last week's duties for the days that nobody has staffed by then. */
export function carryStaffing({ from, days }: StaffingSpan): Promise<StaffingReply> {
  const body = { from, days };
  return fetchJson("/api/staffing/carry", staffingReply, { method: "POST", body });
}

export function drawControlDays(week: string): Promise<ControlDrawReply> {
  const body = { week, daysPerPlace: 1 };
  return fetchJson("/api/staffing/control-days", controlDrawReply, { method: "POST", body });
}

export function loadBeside(signal: AbortSignal): Promise<BesideReply> {
  return fetchJson("/api/plans/beside", besideReply, { signal });
}

function staffingPath({ from, days }: StaffingSpan): string {
  return `/api/staffing?${new URLSearchParams({ from, days: String(days) })}`;
}
