import { parseLocalDate } from "#core/time/zone.ts";

/** The days that a roster is read for. */
export interface RosterDays {
  readonly from: string;
  readonly dates: readonly string[];
}

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const weekdayWord = /\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b/i;

/**
 * The day that a heading or cell names: a date of these days, null for a day that is none of them, and
 * undefined where it names no day. Days come before months, as on rosters in this country.
 */
export function readRosterDate(text: string, days: RosterDays): string | null | undefined {
  const value = text.trim();
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(value);
  if (iso) return among(days, Number(iso[3]), Number(iso[2]), Number(iso[1]));
  const numeric = /\b(\d{1,2})[./](\d{1,2})(?:[./](\d{2,4}))?\b/.exec(value);
  if (numeric) return among(days, Number(numeric[1]), Number(numeric[2]), yearOf(numeric[3]));
  const written = /\b(\d{1,2})(?:st|nd|rd|th)?\s*[- ]?\s*([a-z]{3,9})\b/i.exec(value);
  const month = written ? months.indexOf((written[2] ?? "").slice(0, 3).toLowerCase()) : -1;
  if (written && month >= 0) return among(days, Number(written[1]), month + 1, null);
  const weekday = weekdayWord.exec(value)?.[1]?.toLowerCase();
  if (weekday === undefined || value.length > 16) return undefined;
  const number = /\b(\d{1,2})\b/.exec(value)?.[1];
  const found = days.dates.filter(
    (date) =>
      weekdayOf(date) === weekday &&
      (number === undefined || Number(date.slice(8)) === Number(number)),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

function among(
  { dates }: RosterDays,
  day: number,
  month: number,
  year: number | null,
): string | null | undefined {
  if (day < 1 || day > 31 || month < 1 || month > 12) return undefined;
  const end = `-${two(month)}-${two(day)}`;
  return (
    dates.find((date) => date.endsWith(end) && (year === null || date.startsWith(String(year)))) ??
    null
  );
}

function yearOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function weekdayOf(date: string): string {
  return weekdays[(new Date(parseLocalDate(date)).getUTCDay() + 6) % 7] ?? "";
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
