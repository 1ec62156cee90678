import { weekdayOf } from "#core/protected-time/session.ts";
import { addDays } from "#core/time/zone.ts";

function mondayOf(date: string): string {
  return addDays(date, 1 - weekdayOf(date));
}

/** The weeks that a month touches, each from Monday to Sunday. */
export function weeksOfMonth(date: string): readonly (readonly string[])[] {
  const month = date.slice(0, 7);
  const weeks: (readonly string[])[] = [];
  for (let monday = mondayOf(`${month}-01`); ; monday = addDays(monday, 7)) {
    if (weeks.length > 0 && monday.slice(0, 7) !== month) return weeks;
    weeks.push(Array.from({ length: 7 }, (_, day) => addDays(monday, day)));
  }
}

/** Clamped to the last day of a shorter month. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  const first = last.toISOString().slice(0, 7);
  return `${first}-${String(Math.min(day, last.getUTCDate())).padStart(2, "0")}`;
}

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
};

/** Null for other keys. */
export function dayByKey(date: string, key: string): string | null {
  const step = steps[key];
  if (step !== undefined) return addDays(date, step);
  if (key === "Home") return mondayOf(date);
  if (key === "End") return addDays(mondayOf(date), 6);
  if (key === "PageUp") return addMonths(date, -1);
  return key === "PageDown" ? addMonths(date, 1) : null;
}
