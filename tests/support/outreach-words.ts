import { protectedTimes } from "#server/patrols/checker/check-plan.ts";
import type { ShownForm } from "#tests/support/outreach-form.tsx";

/**
 * When a session takes place, as each side tells it: the controls of the form, its words, what is sent, what is
 * stored. Spelt out here day by day, with nothing of core/protected-time.
 */
export interface Told {
  readonly isOnce: boolean;
  readonly weeks: number;
  readonly days: readonly number[];
  /** The first date, or for words any date of a week in which it takes place. */
  readonly first: string;
  readonly start: string;
  readonly end: string;
  readonly until: string | null;
  readonly except: readonly string[];
}

const day = 86_400_000;
const isoOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const weekdayAt = (at: number) => ((new Date(at).getUTCDay() + 6) % 7) + 1;

/** "2021-12-01 19:00-22:00": the visits whose protected time is not over at `now` and begins before `to`. */
export function visitsTold(told: Told, { now, to }: { readonly now: number; readonly to: number }) {
  const visits = new Map<string, readonly [from: number, to: number]>();
  for (let at = Date.parse(isoOf(now - 3 * day)); at < to + 2 * day; at += day) {
    const date = isoOf(at);
    if (!takesPlaceOn(told, at) || told.except.includes(date)) continue;
    const closed = closedOn(date, told.start, told.end);
    if (closed[1] > now && closed[0] < to) visits.set(`${date} ${told.start}-${told.end}`, closed);
  }
  return visits;
}

function takesPlaceOn(told: Told, at: number): boolean {
  if (told.isOnce) return isoOf(at) === told.first;
  // Without a date or a day it has none, and is refused.
  if (told.first === "" || !told.days.includes(weekdayAt(at))) return false;
  let first = Date.parse(told.first);
  while (!told.days.includes(weekdayAt(first))) first += day;
  if (at < first || (told.until !== null && isoOf(at) > told.until)) return false;
  const monday = first - (weekdayAt(first) - 1) * day;
  return Math.floor((at - monday) / (7 * day)) % told.weeks === 0;
}

const known = new Map<string, readonly [from: number, to: number]>();

/** By the checker, which shares no code with what closes. */
function closedOn(date: string, start: string, end: string): readonly [from: number, to: number] {
  const key = `${date} ${start} ${end}`;
  const held = known.get(key);
  if (held) return held;
  const single = { weeks: 1, days: [], first: date, last: date, starts: start, ends: end };
  const session = { ...single, endedAt: null, dropped: [], cells: [] };
  const [closed] = protectedTimes("Europe/London", session, Date.parse(date), Date.parse(date));
  if (!closed) throw new Error(`The checker knows no visit on ${date}`);
  known.set(key, closed);
  return closed;
}

/** By the controls: what is ticked, chosen and typed. */
export function toldByControls(shown: ShownForm, except: readonly string[]): Told {
  const { fields, chips, repeats } = shown;
  const isOnce = repeats === "once";
  const field = (label: string) => fields[label] ?? "";
  const until = field("End date (optional)");
  return {
    isOnce,
    weeks: isOnce ? 1 : Number(field("Every")),
    days: isOnce ? [] : chips,
    first: field(isOnce ? "Date" : "First date"),
    start: field("From"),
    end: field("To"),
    until: isOnce || until === "" ? null : until,
    except,
  };
}

const weekdays = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const dayPattern = String.raw`[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2}(?: \d{4})?`;
const sentencePattern = new RegExp(
  String.raw`^(?:Once, (?<date>${dayPattern})|Every (?:(?<weeks>\d) weeks on )?(?<days>[A-Za-z, ]+?)), ` +
    String.raw`(?<start>[\w:]+) to (?<end>[\w:]+)(?<later> the next day)?` +
    `(?:, until (?<until>${dayPattern}))?(?:, except (?<except>.+))?$`,
);

/** By words: "Every 2 weeks on Monday and Friday, 7pm to 1am the next day, except Fri 10 Dec", and a date of it. */
export function toldByWords(sentence: string, aDate: string, today: string): Told {
  const said = sentencePattern.exec(sentence)?.groups;
  if (!said) throw new Error(`"${sentence}" was not understood`);
  const [start, end] = [readClock(said["start"] ?? ""), readClock(said["end"] ?? "")];
  // Midnight as an end is that of the same evening.
  const isLater = end <= start && end !== "00:00";
  if (isLater !== (said["later"] !== undefined))
    throw new Error(`"${sentence}" ends on which day?`);
  const days = said["days"] ?? "";
  const date = said["date"];
  return {
    isOnce: date !== undefined,
    weeks: Number(said["weeks"] ?? 1),
    days:
      days === "day"
        ? [1, 2, 3, 4, 5, 6, 7]
        : days.split(/, | and /).map((name) => weekdays.indexOf(name) + 1),
    first: date === undefined ? aDate : readDay(date, today),
    start,
    end,
    until: said["until"] ? readDay(said["until"], today) : null,
    except: (said["except"]?.split(/, | and /) ?? []).map((one) => readDay(one, today)),
  };
}

/** "Wed 8 Dec", with the year where it is not that of today. */
export function readDay(words: string, today: string): string {
  const [weekday = "", date = "", month = "", year = today.slice(0, 4)] = words.split(" ");
  const two = (value: number) => `${value}`.padStart(2, "0");
  const iso = `${year}-${two(months.indexOf(month) + 1)}-${two(Number(date))}`;
  if (weekdays[weekdayAt(Date.parse(iso)) - 1]?.slice(0, 3) !== weekday) {
    throw new Error(`"${words}" is not a day of ${year}`);
  }
  return iso;
}

/** "7:30pm" to `19:30`; midnight, which ends a day, to `00:00`. */
function readClock(words: string): string {
  if (words === "midday") return "12:00";
  if (words === "midnight") return "00:00";
  const [, hour = "", minute = "00", half] = /^(\d{1,2})(?::(\d\d))?(am|pm)$/.exec(words) ?? [];
  if (!half) throw new Error(`"${words}" is no time of day`);
  return `${`${(Number(hour) % 12) + (half === "pm" ? 12 : 0)}`.padStart(2, "0")}:${minute}`;
}

/** "Mon 29 Nov, 8:30pm to Tue 30 Nov 1am" to what clocks show at its two ends. */
export function readSpan(words: string, today: string): readonly [from: string, to: string] {
  const [, date = "", start = "", lastDate, end = ""] =
    new RegExp(String.raw`^(${dayPattern}), ([\w:]+) to (?:(${dayPattern}) )?([\w:]+)$`).exec(
      words,
    ) ?? [];
  const first = readDay(date, today);
  const nextDay = isoOf(Date.parse(first) + day);
  const last = lastDate ? readDay(lastDate, today) : end === "midnight" ? nextDay : first;
  return [`${first}T${readClock(start)}`, `${last}T${readClock(end)}`];
}
