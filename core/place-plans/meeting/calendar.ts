import { type CalendarIssue, writeCalendar } from "#core/calendar/write-calendar.ts";
import { zoneLines } from "#core/calendar/write-zone.ts";
import { endsAt, type MeetingSeries, meetingDates } from "#core/place-plans/meeting/series.ts";
import type { Zone } from "#core/time/zone.ts";

/**
 * The series: one event with a monthly rule on the command's wall clock; the file includes its time
 * zone. `from`: first date of the series.
 */
export function meetingCalendar(
  series: MeetingSeries,
  { from, zone, ...issue }: CalendarIssue & { readonly from: string; readonly zone: Zone },
): string {
  const [first = series.firstOn] = meetingDates(series, from, 1);
  const at = (clock: string) =>
    `TZID=${zone.name}:${first.replaceAll("-", "")}T${clock.replace(":", "")}00`;
  return writeCalendar(
    { product: "Meeting", name: "Meeting", zone: zoneLines(zone, issue.at) },
    [
      {
        uid: "partner-meeting@boxster",
        when: [
          `DTSTART;${at(series.startsAt)}`,
          `DTEND;${at(endsAt(series))}`,
          `RRULE:FREQ=MONTHLY;BYDAY=${series.week}${dayCodes[series.weekday] ?? "MO"}`,
        ],
        summary: issue.madeUp ? "Meeting (MADE-UP DATA)" : "Meeting",
      },
    ],
    issue,
  );
}

const dayCodes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
