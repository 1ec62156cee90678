import { type CalendarIssue, utcText, writeCalendar } from "#core/calendar/write-calendar.ts";

/** One entry of the downloaded week: a neighbourhood-level place, and no reason. */
export interface CalendarEntry {
  readonly uid: string;
  readonly start: number;
  readonly end: number;
  readonly location: string;
  readonly description: string;
}

/** With times in UTC, so that no reader's time zone rules matter. */
export function calendarFile(entries: readonly CalendarEntry[], issue: CalendarIssue): string {
  const name = "Neighbourhood patrol";
  return writeCalendar(
    { product: name, name },
    entries.map(({ uid, start, end, location, description }) => ({
      uid,
      when: [`DTSTART:${utcText(start)}`, `DTEND:${utcText(end)}`],
      summary: "Neighbourhood patrol",
      location,
      description: issue.madeUp ? `MADE-UP DATA. ${description}` : description,
    })),
    issue,
  );
}
