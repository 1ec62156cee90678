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
