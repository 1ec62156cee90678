import { type CalendarIssue, writeCalendar } from "#core/calendar/write-calendar.ts";
import { endsAt, type MeetingSeries, meetingDates } from "#core/place-plans/meeting/series.ts";

/**
 * The series: one event with a monthly rule on London's wall clock, whose zone and its two changes a year stand in
 * the file. `from`: the date from which on it is given.
 */
export function meetingCalendar(
  series: MeetingSeries,
  { from, ...issue }: CalendarIssue & { readonly from: string },
): string {
  const [first = series.firstOn] = meetingDates(series, from, 1);
  const at = (clock: string) =>
    `TZID=Europe/London:${first.replaceAll("-", "")}T${clock.replace(":", "")}00`;
  return writeCalendar(
    { product: "Meeting", name: "Meeting", zone: londonZone },
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

/** As since 1996: the last Sundays of March and October, at 01:00 UTC. */
const londonZone = [
  "BEGIN:VTIMEZONE",
  "TZID:Europe/London",
  "BEGIN:DAYLIGHT",
  "DTSTART:19960331T010000",
  "TZOFFSETFROM:+0000",
  "TZOFFSETTO:+0100",
  "TZNAME:BST",
  "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
  "END:DAYLIGHT",
  "BEGIN:STANDARD",
  "DTSTART:19961027T020000",
  "TZOFFSETFROM:+0100",
  "TZOFFSETTO:+0000",
  "TZNAME:GMT",
  "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
  "END:STANDARD",
  "END:VTIMEZONE",
] as const;
