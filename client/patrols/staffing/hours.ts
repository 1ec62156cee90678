import { readDutyCell } from "#client/patrols/staffing/duty-cell.ts";
import { failure, type Result, success } from "#core/result.ts";

/** `14:00-22:00` of "14-22" and other ways to write it. */
export function readHours(text: string): Result<string> {
  const cell = readDutyCell(text, new Map());
  if (cell.kind === "hours") return success(cell.hours);
  return failure(cell.kind === "unread" ? `It ${cell.reason}.` : "Write the hours as 14-22.");
}
