import type { WordsFault } from "#core/text/free-words.ts";
import { weekdayNames } from "#core/time/words.ts";
import { addDays, dayMs, parseLocalDate } from "#core/time/zone.ts";

/** First to fourth of a weekday in a month, -1: last. */
export const meetingWeeks = [1, 2, 3, 4, -1] as const;
export type MeetingWeek = (typeof meetingWeeks)[number];

/** One day a month, by its place in the month, in London time. */
export interface MeetingSeries {
  readonly week: MeetingWeek;
  /** 0 is Monday. */
  readonly weekday: number;
  /** London date: no meeting before it. */
  readonly firstOn: string;
  /** London wall clock, `10:00`. */
  readonly startsAt: string;
  readonly minutes: number;
}

export const weekNames: Readonly<Record<MeetingWeek, string>> = {
  1: "first",
  2: "second",
  3: "third",
  4: "fourth",
  [-1]: "last",
};

/** The next meetings from a date on, as London dates. */
export function meetingDates(series: MeetingSeries, from: string, count: number): string[] {
  const start = from > series.firstOn ? from : series.firstOn;
  const dates: string[] = [];
  for (let month = start.slice(0, 7); dates.length < count; month = nextMonth(month)) {
    const date = meetingOfMonth(series, month);
    if (date >= start) dates.push(date);
  }
  return dates;
}

/** A meeting's hours, if the series has that day, and the next meeting. */
export function meetingAmong(
  series: MeetingSeries | null,
  meetingOn: string,
): { readonly hours: string | null; readonly nextOn: string | null } {
  if (series === null) return { hours: null, nextOn: null };
  const isOne = meetingDates(series, meetingOn, 1)[0] === meetingOn;
  return {
    hours: isOne ? `${series.startsAt} to ${endsAt(series)}` : null,
    nextOn: meetingDates(series, addDays(meetingOn, 1), 1)[0] ?? null,
  };
}

/** For a month `YYYY-MM`. */
export function meetingOfMonth(
  { week, weekday }: Pick<MeetingSeries, "week" | "weekday">,
  month: string,
): string {
  if (week === -1) {
    const last = addDays(`${nextMonth(month)}-01`, -1);
    return addDays(last, -((weekdayOf(last) - weekday + 7) % 7));
  }
  const first = `${month}-01`;
  return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + (week - 1) * 7);
}

/** "the second Tuesday of each month, 10:00 to 11:30" */
export function seriesWords(series: MeetingSeries): string {
  const { week, weekday, startsAt } = series;
  return `the ${weekNames[week]} ${weekdayNames[weekday] ?? ""} of each month, ${startsAt} to ${endsAt(series)}`;
}

/** London wall clock; a meeting does not go over midnight. */
export function endsAt({ startsAt, minutes }: Pick<MeetingSeries, "startsAt" | "minutes">): string {
  const end = minuteOfDay(startsAt) + minutes;
  return `${String(Math.floor(end / 60)).padStart(2, "0")}:${String(end % 60).padStart(2, "0")}`;
}

export const shortestMeeting = 15;
export const longestMeeting = 480;

/** `keptFirstOn`: the stored first day, which may be long past. */
export function checkSeries(
  series: MeetingSeries,
  asAt: string,
  keptFirstOn: string | null = null,
): readonly WordsFault[] {
  const { startsAt, minutes, firstOn } = series;
  const faults: WordsFault[] = [];
  if (minutes < shortestMeeting || minutes > longestMeeting) {
    const reason = `A meeting lasts ${shortestMeeting} minutes to ${longestMeeting / 60} hours.`;
    faults.push({ field: "minutes", reason });
  }
  if (minuteOfDay(startsAt) + minutes >= 24 * 60) {
    faults.push({ field: "startsAt", reason: "It would run past midnight. Start earlier." });
  }
  const far = addDays(asAt, 366);
  const isNew = firstOn !== keptFirstOn;
  if (isNew && (firstOn > far || firstOn < addDays(asAt, -366))) {
    faults.push({ field: "firstOn", reason: "Choose a date within a year of today." });
  }
  return faults;
}

function minuteOfDay(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

/** 0 is Monday. */
function weekdayOf(date: string): number {
  // 1 January 1970 was a Thursday.
  return (Math.floor(parseLocalDate(date) / dayMs) + 3) % 7;
}

function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}
