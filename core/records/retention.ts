/**
 * Events: until the first review of police information (College of Policing, Management of police
 * information, the initial clear period of six years). An administrator of the machine sets another number
 * of whole years (`boxster retention --years`).
 */
export const usualEventYears = 6;
export const leastEventYears = 1;
export const mostEventYears = 10;

/** What is to be removed is announced so long before; a day more than the week that is promised. */
export const announcedDays = 8;

/** The same day so many years before; of 29 February the 28th. */
export function yearsBefore(date: string, years: number): string {
  const year = String(Number(date.slice(0, 4)) - years).padStart(4, "0");
  const day = date.slice(4);
  const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  return day === "-02-29" && !isLeap ? `${year}-02-28` : `${year}${day}`;
}
