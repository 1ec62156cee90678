import type { EventColumns } from "#core/records/columns.ts";
import {
  type EventCategory,
  type EventSource,
  eventCategories,
  eventSources,
} from "#core/records/event.ts";
import { type EventKind, eventKinds, reportedKinds } from "#core/records/kinds.ts";
import { failure, type Result, success } from "#core/result.ts";
import { hoursPerWeek } from "#core/stats/aoristic.ts";

/** Which events count: the one filter of map, clock, table, sentence and export. */
export interface EventFilter {
  /** Epoch minutes: first instant that counts. */
  readonly from: number;
  /** Epoch minutes: first instant that no longer counts. */
  readonly to: number;
  readonly kinds: readonly EventKind[];
  /** Reported is `resident` and `partner`; discovered is `police`. */
  readonly sources: readonly EventSource[];
  /** All when null. */
  readonly categories: readonly EventCategory[] | null;
  /** 168 flags, Monday 00:00 first, London wall clock; every hour when null. */
  readonly hours: Uint8Array | null;
}

export const reportedSources: readonly EventSource[] = ["resident", "partner"];
export const discoveredSources: readonly EventSource[] = ["police"];
/** The default: reports, never summed with discoveries. */
export const defaultKinds: readonly EventKind[] = reportedKinds;

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
type Weekday = (typeof weekdays)[number];

/**
 * The hours of the week that `--days` and `--hours` name: the days are those on which the hours
 * start, the hours are half-open and may cross midnight. Null when every hour is meant.
 */
export function hourMask(
  days: readonly Weekday[] | null,
  hours: { readonly from: number; readonly to: number } | null,
): Uint8Array | null {
  const { from, to } = hours ?? { from: 0, to: 24 };
  const length = to > from ? to - from : to - from + 24;
  const mask = new Uint8Array(hoursPerWeek);
  for (const day of days ?? weekdays) {
    const start = weekdays.indexOf(day) * 24 + from;
    for (let hour = 0; hour < length; hour += 1) mask[(start + hour) % hoursPerWeek] = 1;
  }
  // A mask of all hours must not exclude spans whose hour is unknown.
  return mask.every((on) => on === 1) ? null : mask;
}

/** `fri,sat`, or their whole names. */
export function parseDays(text: string): Result<Weekday[]> {
  const days: Weekday[] = [];
  for (const word of text.toLowerCase().split(",")) {
    const name = word.trim();
    const day = weekdays.find((short, at) => name === short || name === dayNames[at]);
    if (!day) return failure(`"${name}" is not a day; use ${weekdays.join(", ")}, with commas.`);
    if (!days.includes(day)) days.push(day);
  }
  return success(days);
}

const dayNames = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

/** `20-02`: from 20:00 up to, and not including, 02:00 of the next day. */
export function parseHours(text: string): Result<{ from: number; to: number }> {
  const match = /^(\d{1,2})(?::00)?-(\d{1,2})(?::00)?$/.exec(text.trim());
  const from = Number(match?.[1]);
  const to = Number(match?.[2]);
  if (!match || from > 23 || to > 24) {
    return failure(`"${text}" is not a range of whole hours such as 20-02.`);
  }
  if (from === to) return failure(`"${text}" is an empty range; leave it out to mean all hours.`);
  return success({ from, to });
}

export function matchTable(
  columns: EventColumns,
  filter: Pick<EventFilter, "kinds" | "sources" | "categories">,
): (row: number) => boolean {
  const kinds = flags(eventKinds, filter.kinds);
  const sources = flags(eventSources, filter.sources);
  const categories = flags(eventCategories, filter.categories ?? eventCategories);
  const { kind, source, category } = columns;
  return (row) =>
    kinds[kind[row] as number] === 1 &&
    sources[source[row] as number] === 1 &&
    categories[category[row] as number] === 1;
}

function flags<Item>(all: readonly Item[], chosen: readonly Item[]): Uint8Array {
  return Uint8Array.from(all, (item) => (chosen.includes(item) ? 1 : 0));
}
