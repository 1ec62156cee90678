import { type EventFilter, matchTable } from "#core/hotspots/filter.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import {
  type EventCategory,
  type EventSource,
  eventCategories,
  eventSources,
} from "#core/records/event.ts";
import { type EventKind, eventKinds } from "#core/records/kinds.ts";
import { nextMonth } from "#core/records/quality/rows.ts";
import { compareText } from "#core/text/text-order.ts";
import { dayMs, minuteMs, type Zone } from "#core/time/zone.ts";

export interface CellStory {
  /** Events whose midpoint lies inside the filter: the count of the list. */
  readonly count: number;
  /** By kind, source and category, most first. */
  readonly parts: readonly CellPart[];
  /** Of these, spread over a day or longer. */
  readonly hourUnknown: number;
  /** Of these, those at an exact time, and of them at 00:00. */
  readonly exact: number;
  readonly midnight: number;
  /** The day with the most of the counted; null without any. */
  readonly busiestDay: { readonly date: string; readonly count: number } | null;
  /** Every month of the records, under all filters but the dates. */
  readonly months: readonly { readonly month: string; readonly count: number }[];
}

export interface CellPart {
  readonly kind: EventKind;
  readonly source: EventSource;
  readonly category: EventCategory;
  readonly count: number;
}

export interface CellStoryInput {
  readonly events: PreparedEvents;
  readonly indexOfCell: Int32Array;
  /** Position in the study set. */
  readonly cell: number;
  readonly filter: EventFilter;
  readonly zone: Zone;
}

/** One pass over the events; counts by the same rule as `summarise`. */
export function cellStory(input: CellStoryInput): CellStory {
  const { events, filter, zone } = input;
  const { columns, midpoint, isLong } = events;
  const isShown = shownTable(input);
  const parts = new Map<number, number>();
  const days = new Map<string, number>();
  const months = new Map<string, number>();
  let [count, hourUnknown, exact, midnight] = [0, 0, 0, 0];
  for (let row = 0; row < columns.length; row += 1) {
    if (!isShown(row)) continue;
    const middle = midpoint[row] as number;
    const date = zone.dateOf(middle * minuteMs);
    add(months, date.slice(0, 7));
    if (middle < filter.from || middle >= filter.to) continue;
    count += 1;
    add(days, date);
    add(parts, partKey(columns.kind[row], columns.source[row], columns.category[row]));
    hourUnknown += isLong[row] as number;
    if (columns.start[row] !== columns.end[row]) continue;
    exact += 1;
    if (zone.toLocal(middle * minuteMs) % dayMs === 0) midnight += 1;
  }
  const [busiest] = [...days].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
  return {
    count,
    parts: [...parts]
      .sort(([a, first], [b, second]) => second - first || a - b)
      .flatMap(([key, count]) => {
        const category = eventCategories[key % categories];
        const source = eventSources[Math.floor(key / categories) % sources];
        const kind = eventKinds[Math.floor(key / categories / sources)];
        return kind && source && category ? [{ kind, source, category, count }] : [];
      }),
    hourUnknown,
    exact,
    midnight,
    busiestDay: busiest ? { date: busiest[0], count: busiest[1] } : null,
    months: everyMonth(events, zone, months),
  };
}

function shownTable({ events, indexOfCell, cell, filter }: CellStoryInput) {
  const { columns, midpointHour, isLong } = events;
  const matches = matchTable(columns, filter);
  const { hours } = filter;
  return (row: number): boolean =>
    indexOfCell[columns.cell[row] as number] === cell &&
    matches(row) &&
    (hours === null || (isLong[row] === 0 && hours[midpointHour[row] as number] === 1));
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const [sources, categories] = [eventSources.length, eventCategories.length];

function partKey(kind = 0, source = 0, category = 0): number {
  return (kind * sources + source) * categories + category;
}

/** Months without any are zeros: a gap must be seen. */
function everyMonth(
  { columns, midpoint }: PreparedEvents,
  zone: Zone,
  counts: ReadonlyMap<string, number>,
): CellStory["months"] {
  if (columns.length === 0) return [];
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const middle of midpoint) {
    if (middle < first) first = middle;
    if (middle > last) last = middle;
  }
  const end = zone.dateOf(last * minuteMs).slice(0, 7);
  const months: { month: string; count: number }[] = [];
  for (let month = zone.dateOf(first * minuteMs).slice(0, 7); month <= end; ) {
    months.push({ month, count: counts.get(month) ?? 0 });
    month = nextMonth(month);
  }
  return months;
}
