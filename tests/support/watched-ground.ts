import type { WatchedReport } from "#core/displacement/watch/reports.ts";
import { watchSettings } from "#core/displacement/watch/settings.ts";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import type { Random } from "#core/random.ts";
import { poisson } from "#tests/support/displacement.ts";

/** Ground that is watched, made up: some cells are busy all the time, weekends are busy everywhere. */
export interface Ground {
  readonly cells: readonly H3Cell[];
  readonly weights: readonly number[];
}

export function drawGround(random: Random, rings = 18): Ground {
  const cells = disk(cellAt([-0.0631, 51.6179], 10), rings);
  return { cells, weights: cells.map(() => random.next() ** 4) };
}

/** So busy is a day against the others: Fridays and Saturdays, and a slow swing over the year. */
function weightOfDay(day: number): number {
  const ofWeek = [0.8, 0.8, 0.9, 1, 1.5, 1.6, 1][day % 7] ?? 1;
  return ofWeek * (1 + 0.3 * Math.sin(day / 58));
}

/** Independent reports of days `from` to `to` (of an endless calendar), about `perDay` a day. */
export function drawSteady(
  { cells, weights }: Ground,
  random: Random,
  span: { readonly from: number; readonly to: number; readonly perDay: number },
): WatchedReport[] {
  const sums = weights.map((_, at) => weights.slice(0, at + 1).reduce((a, b) => a + b, 0));
  const all = sums.at(-1) ?? 0;
  const found: WatchedReport[] = [];
  for (let day = span.from; day <= span.to; day += 1) {
    for (let left = poisson(span.perDay * weightOfDay(day), random); left > 0; left -= 1) {
      const at = random.next() * all;
      const cell = cells[sums.findIndex((sum) => sum > at)] as H3Cell;
      found.push({ cell, day, isResident: true });
    }
  }
  return onePerCellAndDay(found);
}

/** More of them in the last days around one cell, on top of what is there. */
export function drawCluster(
  around: H3Cell,
  random: Random,
  {
    count,
    lastDays,
    days = watchSettings.days,
  }: {
    readonly count: number;
    readonly lastDays: number;
    readonly days?: number;
  },
): WatchedReport[] {
  const cells = disk(around, 2);
  return Array.from({ length: count }, () => ({
    cell: cells[random.integer(cells.length)] as H3Cell,
    day: days - random.integer(lastDays),
    isResident: true,
  }));
}

export function onePerCellAndDay(reports: readonly WatchedReport[]): WatchedReport[] {
  const seen = new Set<string>();
  return reports.filter(({ cell, day }) => {
    const key = `${cell} ${day}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The days of a look that ends on one day of the calendar, numbered as the look numbers them. */
export function windowTo(reports: readonly WatchedReport[], lastDay: number): WatchedReport[] {
  const { days } = watchSettings;
  return reports
    .map((one) => ({ ...one, day: one.day - lastDay + days }))
    .filter(({ day }) => day >= 1 && day <= days);
}
