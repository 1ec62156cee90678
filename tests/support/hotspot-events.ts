import fc from "fast-check";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import type { EventFilter } from "#core/hotspots/filter.ts";
import { createStudySet } from "#core/places/study-set.ts";
import {
  eventCategories,
  eventSources,
  isReported,
  type PoliceEvent,
} from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { createZone, minuteMs } from "#core/time/zone.ts";

export const london = createZone("Europe/London");

/** A disc of 61 cells around Fore Street; the ring beyond it lies outside. */
export const disc = createStudySet(
  "a disc around Fore Street",
  10,
  disk(cellAt([-0.0634, 51.6255], 10), 4),
);
const cellsAndRing: readonly H3Cell[] = disk(cellAt([-0.0634, 51.6255], 10), 5);

const firstMinute = Date.parse("2021-10-20T00:00Z") / minuteMs;
const days = 20;

/** Two in three events are moments or evenings; the rest last up to three days. */
const minutesLong = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 300 }),
  fc.integer({ min: 1, max: 3 * 1440 }),
);

/** Around London's clock change of 31 October 2021. */
export const someEvent: fc.Arbitrary<PoliceEvent> = fc
  .record({
    cell: fc.constantFrom(...cellsAndRing),
    kind: fc.constantFrom(...eventKinds),
    source: fc.constantFrom(...eventSources),
    category: fc.constantFrom(...eventCategories),
    minute: fc.integer({ min: firstMinute, max: firstMinute + days * 1440 }),
    minutesLong,
  })
  .map(({ minute, minutesLong: long, ...what }) => ({
    ...what,
    startsAt: minute * minuteMs,
    endsAt: (minute + long) * minuteMs,
  }));

export const someEvents = fc.array(someEvent, { maxLength: 60 });

const someHours = fc.oneof(
  fc.constant(null),
  fc
    .array(fc.nat(167), { minLength: 1, maxLength: 60 })
    .map((hours) => Uint8Array.from({ length: 168 }, (_, hour) => (hours.includes(hour) ? 1 : 0))),
);

export const someFilter: fc.Arbitrary<EventFilter> = fc.record({
  from: fc.integer({ min: 0, max: days }).map((day) => firstMinute + day * 1440),
  to: fc.integer({ min: 0, max: days }).map((day) => firstMinute + day * 1440 + 480),
  kinds: fc.subarray([...eventKinds]),
  sources: fc.subarray([...eventSources]),
  categories: fc.oneof(fc.constant(null), fc.subarray([...eventCategories])),
  hours: someHours,
});

/** Whether kind, source and category pass: the definition, without a table. */
export function passes(event: PoliceEvent, filter: EventFilter): boolean {
  return (
    filter.kinds.includes(event.kind) &&
    filter.sources.includes(event.source) &&
    (filter.categories === null || filter.categories.includes(event.category))
  );
}

export interface PlainSummary {
  readonly counts: number[];
  readonly weights: number[];
  readonly clock: number[];
  total: number;
  discovered: number;
  outside: number;
  hourUnknown: number;
}

/** DEFINITIONS, Events, minute by minute and event by event. */
export function summariseSlowly(events: readonly PoliceEvent[], filter: EventFilter): PlainSummary {
  const summary: PlainSummary = {
    counts: disc.cells.map(() => 0),
    weights: disc.cells.map(() => 0),
    clock: Array.from({ length: 168 }, () => 0),
    total: 0,
    discovered: 0,
    outside: 0,
    hourUnknown: 0,
  };
  for (const event of events) if (passes(event, filter)) addSlowly(summary, event, filter);
  return summary;
}

function addSlowly(summary: PlainSummary, event: PoliceEvent, filter: EventFilter): void {
  const start = event.startsAt / minuteMs;
  const end = event.endsAt / minuteMs;
  const local = (minute: number) => london.toLocal(minute * minuteMs);
  const isLong = local(end) - local(start) >= 24 * 60 * minuteMs;
  const place = disc.indexOf.get(event.cell) ?? -1;
  const middle = Math.floor((start + end) / 2);
  const isInDates = (minute: number) => minute >= filter.from && minute < filter.to;
  const isInHours = (minute: number) =>
    filter.hours === null || (!isLong && filter.hours[hourOf(minute)] === 1);
  if (isLong && place >= 0 && isInDates(middle)) summary.hourUnknown += 1;
  if (isInDates(middle) && isInHours(middle)) countSlowly(summary, event, place);
  if (place < 0) return;
  // A moment has all of its weight in its own minute.
  const minutes = Math.max(1, end - start);
  for (let minute = start; minute < start + minutes; minute += 1) {
    if (!isInDates(minute)) continue;
    if (!isLong) add(summary.clock, hourOf(minute), 1 / minutes);
    if (isInHours(minute)) add(summary.weights, place, 1 / minutes);
  }
}

function countSlowly(summary: PlainSummary, event: PoliceEvent, place: number): void {
  if (place < 0) {
    summary.outside += 1;
    return;
  }
  add(summary.counts, place, 1);
  summary.total += 1;
  if (!isReported(event)) summary.discovered += 1;
}

function add(values: number[], at: number, value: number): void {
  values[at] = (values[at] ?? 0) + value;
}

function hourOf(minute: number): number {
  return london.hourOfWeek(minute * minuteMs);
}
