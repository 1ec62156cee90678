import { endsAt, type MeetingSeries, meetingDates } from "#core/place-plans/meeting/series.ts";

export interface CalendarIssue {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Goes up with each change of the series, so that a second download replaces the first. */
  readonly sequence: number;
  /** The date from which on the series is given. */
  readonly from: string;
  readonly madeUp: boolean;
}

/**
 * The series as an iCalendar file (RFC 5545): one event with a monthly rule on London's wall clock, whose zone and
 * its two changes a year stand in the file. The title says no more than that there is a meeting: a calendar is
 * shared, synchronised and seen on other people's screens.
 */
export function meetingCalendar(series: MeetingSeries, issue: CalendarIssue): string {
  const [first = series.firstOn] = meetingDates(series, issue.from, 1);
  const compact = (clock: string) => `${clock.replace(":", "")}00`;
  const day = first.replaceAll("-", "");
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Boxster//Meeting//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    ...(issue.madeUp ? ["X-WR-CALNAME:Meeting (MADE-UP DATA)"] : []),
    ...londonZone,
    "BEGIN:VEVENT",
    "UID:partner-meeting@boxster",
    `DTSTAMP:${new Date(issue.at).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`,
    `SEQUENCE:${issue.sequence}`,
    `DTSTART;TZID=Europe/London:${day}T${compact(series.startsAt)}`,
    `DTEND;TZID=Europe/London:${day}T${compact(endsAt(series))}`,
    `RRULE:FREQ=MONTHLY;BYDAY=${series.week}${dayCodes[series.weekday] ?? "MO"}`,
    `SUMMARY:${issue.madeUp ? "Meeting (MADE-UP DATA)" : "Meeting"}`,
    "CLASS:CONFIDENTIAL",
    "STATUS:CONFIRMED",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${line}\r\n`).join("");
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
