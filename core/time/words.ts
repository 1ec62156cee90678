export const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** Weeks start on Monday. */
export const weekdayNames = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

/** The weekday of local milliseconds (core/time/zone.ts). */
export function weekdayName(local: number): (typeof weekdayNames)[number] {
  return weekdayNames[(new Date(local).getUTCDay() + 6) % 7] as (typeof weekdayNames)[number];
}

/** "7pm", "7:30am", "midday" of `HH:MM`: as partners and residents read it. */
export function clockWords(time: string): string {
  if (time === "12:00") return "midday";
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const minutes = minute === 0 ? "" : `:${time.slice(3)}`;
  return `${hour % 12 || 12}${minutes}${hour < 12 ? "am" : "pm"}`;
}

/** "26 November 2021" of a date. */
export function dateName(date: string): string {
  const month = monthNames[Number(date.slice(5, 7)) - 1] ?? "";
  return `${Number(date.slice(8))} ${month} ${date.slice(0, 4)}`;
}

/** "26 Nov 2021" of `2021-11-26`. */
export function formatDate(date: string): string {
  const { day, month, year } = partsOf(date);
  return `${day} ${month} ${year}`;
}

/** "Fri 26 Nov" of `2021-11-26`. */
export function formatDay(date: string): string {
  const { weekday, day, month } = partsOf(date);
  return `${weekday} ${day} ${month}`;
}

/** "Sep 2021" of `2021-09` or a date in it. */
export function formatMonth(date: string): string {
  const { month, year } = partsOf(`${date.slice(0, 7)}-01`);
  return `${month} ${year}`;
}

/** "1 Oct to 26 Nov 2021": a shared year is given once. */
export function formatDateRange(from: string, to: string): string {
  if (from === to) return formatDate(from);
  if (from.slice(0, 4) !== to.slice(0, 4)) return `${formatDate(from)} to ${formatDate(to)}`;
  const { day, month } = partsOf(from);
  return `${day} ${month} to ${formatDate(to)}`;
}

export const shortWeekdayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

function partsOf(date: string) {
  const at = new Date(`${date}T00:00:00Z`);
  return {
    weekday: shortWeekdayNames[(at.getUTCDay() + 6) % 7] ?? "",
    day: at.getUTCDate(),
    // Not from Intl: its en-GB writes "Sept".
    month: (monthNames[at.getUTCMonth()] ?? "").slice(0, 3),
    year: at.getUTCFullYear(),
  };
}
