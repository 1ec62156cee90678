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
