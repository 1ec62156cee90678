import { type EventFilter, matchTable } from "#core/hotspots/filter.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import { dayMs, minuteMs, type Zone } from "#core/time/zone.ts";

/** Counted events per London day over the whole data: what the brush moves on. */
export interface DailyHistogram {
  /** Local day number (days since 1970-01-01) of `counts[0]`. */
  readonly firstDay: number;
  readonly counts: Int32Array;
}

/**
 * By kinds, sources, categories and hours but not dates: the brush must not change its own chart.
 * `indexOfCell` excludes events outside the study set.
 */
export function dailyHistogram(
  events: PreparedEvents,
  indexOfCell: Int32Array,
  filter: Omit<EventFilter, "from" | "to">,
  zone: Zone,
): DailyHistogram {
  const { columns, midpoint, midpointHour, isLong } = events;
  const dayOf = (row: number) =>
    Math.floor(zone.toLocal((midpoint[row] as number) * minuteMs) / dayMs);
  if (columns.length === 0) return { firstDay: 0, counts: new Int32Array(0) };
  let firstDay = Number.POSITIVE_INFINITY;
  let lastDay = Number.NEGATIVE_INFINITY;
  const days = new Int32Array(columns.length);
  for (let row = 0; row < columns.length; row += 1) {
    const day = dayOf(row);
    days[row] = day;
    if (day < firstDay) firstDay = day;
    if (day > lastDay) lastDay = day;
  }
  const matches = matchTable(columns, filter);
  const counts = new Int32Array(lastDay - firstDay + 1);
  for (let row = 0; row < columns.length; row += 1) {
    if (!matches(row) || (indexOfCell[columns.cell[row] as number] as number) < 0) continue;
    const isInHours =
      filter.hours === null ||
      (isLong[row] === 0 && filter.hours[midpointHour[row] as number] === 1);
    if (!isInHours) continue;
    const at = (days[row] as number) - firstDay;
    counts[at] = (counts[at] as number) + 1;
  }
  return { firstDay, counts };
}
