import {
  dayIn,
  type Here,
  sessionSentence,
} from "#client/protected-time/outreach/outreach-words.ts";
import type { UploadRow } from "#client/protected-time/upload/upload-rows.ts";

type Row = Pick<UploadRow, "sessions" | "isAllDay" | "isChange">;

/** "Every Monday and Friday, 7pm to 10pm, except Fri 10 Dec"; "All day, Fri 24 Dec to Sun 26 Dec" */
export function whenWords(here: Pick<Here, "today">, row: Row): string {
  const { sessions, isAllDay, isChange } = row;
  const [first] = sessions;
  const last = sessions.at(-1);
  if (!(first && last)) return "";
  if (isAllDay && sessions.every(({ rule }) => rule.repeats === "once")) {
    const begins = dayIn(here, first.rule.firstDate);
    return `All day, ${begins}${first === last ? "" : ` to ${dayIn(here, last.rule.firstDate)}`}`;
  }
  const kind = isAllDay ? "All day. " : isChange ? "One visit that was changed. " : "";
  const more = sessions.length > 1 ? `, and ${sessions.length - 1} more` : "";
  return `${kind}${sessionSentence(here, first)}${more}`;
}
