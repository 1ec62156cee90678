import { addDays, dayMs, parseLocalDate, type Zone } from "#core/time/zone.ts";

/** A period to forecast from what is known at its start. */
export interface Fold {
  /** Inclusive local dates. */
  readonly from: string;
  readonly to: string;
  /** Epoch milliseconds, half-open. */
  readonly start: number;
  readonly end: number;
}

/** A calendar month, or a number of days. */
export type Horizon = "month" | number;

/** Consecutive periods wholly within the dates, both included. */
export function foldsBetween(zone: Zone, from: string, to: string, horizon: Horizon): Fold[] {
  const folds: Fold[] = [];
  let first = horizon === "month" ? firstOfMonth(from) : from;
  for (;;) {
    const next = startAfter(first, horizon, 1);
    const last = addDays(next, -1);
    if (last > to) return folds;
    folds.push(foldOf(zone, first, last));
    first = next;
  }
}

/** The `count` periods before this one, oldest first: all that may select its forecast. */
export function foldsBefore(
  zone: Zone,
  fold: Pick<Fold, "from">,
  horizon: Horizon,
  count: number,
): Fold[] {
  return Array.from({ length: count }, (_, at) => {
    const first = startAfter(fold.from, horizon, at - count);
    return foldOf(zone, first, addDays(startAfter(first, horizon, 1), -1));
  });
}

function foldOf(zone: Zone, from: string, to: string): Fold {
  return { from, to, start: zone.startOfDate(from), end: zone.startOfDate(addDays(to, 1)) };
}

/** The date if a first, else the first of the next month. */
function firstOfMonth(date: string): string {
  return date.endsWith("-01") ? date : startAfter(`${date.slice(0, 8)}01`, "month", 1);
}

function startAfter(date: string, horizon: Horizon, periods: number): string {
  if (horizon !== "month") return addDays(date, horizon * periods);
  const local = new Date(parseLocalDate(date));
  const next = Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + periods, 1);
  return addDays("1970-01-01", Math.round(next / dayMs));
}
