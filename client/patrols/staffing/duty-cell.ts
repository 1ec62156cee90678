import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import { failure, type Result, success } from "#core/result.ts";

export type DutyCell =
  | { readonly kind: "hours"; readonly hours: string; readonly mode: PatrolMode | null }
  | { readonly kind: "rest" }
  /** A code whose hours are unknown yet. */
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "unread"; readonly reason: string }
  | { readonly kind: "empty" };

/** "14-22", "1400-2200 foot", "14:00 to 22:00", "RD", or a code such as "L". */
export function readDutyCell(value: string, codes: ReadonlyMap<string, string>): DutyCell {
  const text = value.trim();
  if (text === "") return { kind: "empty" };
  if (restWords.test(text)) return { kind: "rest" };
  const found = span.exec(text);
  if (found) return hoursCell(text, found);
  const code = text.toUpperCase();
  if (/^[A-Z][A-Z0-9]{0,3}$/.test(code)) {
    const hours = codes.get(code);
    return hours === undefined || hours === "" ? { kind: "code", code } : readKnown(hours);
  }
  return { kind: "unread", reason: 'is neither hours, such as "14-22", nor a rest day' };
}

/** The hours assigned to a code, or "rest". */
function readKnown(hours: string): DutyCell {
  const cell = readDutyCell(hours, new Map());
  return cell.kind === "code" ? { kind: "unread", reason: `"${hours}" are no hours` } : cell;
}

function hoursCell(
  text: string,
  [, fromHour, fromMinute, toHour, toMinute]: RegExpExecArray,
): DutyCell {
  const [start, end] = [clock(fromHour, fromMinute), clock(toHour, toMinute)];
  if (start === null || end === null) return { kind: "unread", reason: "has no time of day" };
  if (start === end) return { kind: "unread", reason: "starts and ends at the same time" };
  return { kind: "hours", hours: `${start}-${end}`, mode: readMode(text) };
}

function clock(hour = "", minute = "00"): string | null {
  const isTime = Number(hour) <= 24 && Number(minute) < 60 && !(hour === "24" && minute !== "00");
  if (!isTime) return null;
  return `${hour === "24" ? "00" : hour.padStart(2, "0")}:${minute}`;
}

/** "bike" and "cycle" are one. */
export function readMode(text: string): PatrolMode | null {
  if (/\b(foot|walk)/i.test(text)) return "foot";
  if (/\b(cycl|bike|bicycle)/i.test(text)) return "cycle";
  return /\b(vehicle|car|van|irv|mobile)\b/i.test(text) ? "vehicle" : null;
}

/** `14:00-22:00` of "14-22" and other ways to write it. */
export function readHours(text: string): Result<string> {
  const cell = readDutyCell(text, new Map());
  if (cell.kind === "hours") return success(cell.hours);
  return failure(cell.kind === "unread" ? `It ${cell.reason}.` : "Write the hours as 14-22.");
}

const restWords =
  /^(rd|rest( day)?|off|a\/?l|al|annual leave|leave|sick|dl|toil|bh|wd|course|trg|-|–|x)$/i;

const span = /(\d{1,2})[:.]?(\d{2})?\s*(?:-|–|to|\/)\s*(\d{1,2})[:.]?(\d{2})?/i;
