import { useMemo } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { readShifts } from "#client/patrols/plan-request.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { parseShift, type Shift } from "#core/patrols/ground/shift.ts";
import { createZone, dayMs, hourMs, minuteMs, parseLocalDate, type Zone } from "#core/time/zone.ts";

/**
 * The week as drawn: a column per date, rows from the first shift's start to the last one's end, so
 * a night shift stays in its start date's column. In wall-clock minutes from that midnight.
 */
export interface WeekScale {
  readonly firstMinute: number;
  readonly lastMinute: number;
}

export interface Week {
  readonly zone: Zone;
  readonly dates: readonly string[];
  readonly scale: WeekScale;
}

export function useWeek(view: PlanView): Week {
  const { timeZone } = useSession();
  const { plan, from, days } = view;
  const plans = new Set([...(plan ? [plan] : []), ...view.week.patrols.map((one) => one.plan)]);
  const shifts =
    plans.size === 0
      ? view.request.shifts
      : [...new Set([...plans].flatMap((one) => one.shifts))].join(",");
  return useMemo(() => {
    const read = readShifts(shifts);
    const parsed = (read.ok ? read.value : []).map(parseShift);
    const scale = weekScale(parsed.flatMap((shift) => (shift.ok ? [shift.value] : [])));
    return { zone: createZone(timeZone), dates: datesFrom(from, days), scale };
  }, [timeZone, from, days, shifts]);
}

export function weekScale(shifts: readonly Shift[]): WeekScale {
  if (shifts.length === 0) return { firstMinute: 0, lastMinute: dayMinutes };
  const starts = shifts.map((shift) => shift.startMinute);
  const ends = shifts.map(({ startMinute, endMinute }) =>
    endMinute <= startMinute ? endMinute + dayMinutes : endMinute,
  );
  return {
    firstMinute: Math.floor(Math.min(...starts) / rowMinutes) * rowMinutes,
    lastMinute: Math.min(latestMinute, Math.ceil(Math.max(...ends) / rowMinutes) * rowMinutes),
  };
}

export function rowsOf(scale: WeekScale): readonly number[] {
  const count = (scale.lastMinute - scale.firstMinute) / rowMinutes;
  return Array.from({ length: count }, (_, row) => scale.firstMinute + row * rowMinutes);
}

export function datesFrom(from: string, days: number): readonly string[] {
  const first = parseLocalDate(from);
  return Array.from({ length: days }, (_, day) =>
    new Date(first + day * dayMs).toISOString().slice(0, 10),
  );
}

export interface Slot {
  readonly column: number;
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** The one slot of a patrol window; null when it lies outside the week. */
export function slotOf(week: Week, start: number, end: number): Slot | null {
  const first = parseLocalDate(week.dates[0] ?? "1970-01-01");
  const localStart = week.zone.toLocal(start);
  const column = Math.floor((localStart - first - week.scale.firstMinute * minuteMs) / dayMs);
  if (column < 0 || column >= week.dates.length) return null;
  const midnight = first + column * dayMs;
  const fromMinute = (localStart - midnight) / minuteMs;
  const toMinute = (week.zone.toLocal(end) - midnight) / minuteMs;
  // In autumn's repeated hour the end may precede the start.
  return { column, fromMinute, toMinute: Math.max(toMinute, fromMinute + rowMinutes / 2) };
}

/** All slots of some stretches of time, clipped to the rows, overlapping ones made one. */
export function slotsOf(
  week: Week,
  stretches: readonly { readonly from: number; readonly to: number }[],
): readonly Slot[] {
  return week.dates.flatMap((date, column) => {
    const midnight = parseLocalDate(date);
    const inside = stretches
      .map(({ from, to }) => ({
        column,
        fromMinute: clip(week.scale, (week.zone.toLocal(from) - midnight) / minuteMs),
        toMinute: clip(week.scale, (week.zone.toLocal(to) - midnight) / minuteMs),
      }))
      .filter((slot) => slot.toMinute > slot.fromMinute)
      .sort((a, b) => a.fromMinute - b.fromMinute);
    return mergeSlots(inside);
  });
}

/** Whole, on the date on which each begins, whatever the rows show; overlapping ones made one. */
export function wholeSlotsOf(
  week: Week,
  stretches: readonly { readonly from: number; readonly to: number }[],
): readonly Slot[] {
  const first = parseLocalDate(week.dates[0] ?? "1970-01-01");
  const slots = stretches
    .map(({ from, to }) => {
      const start = Math.max(0, week.zone.toLocal(from) - first);
      const column = Math.floor(start / dayMs);
      const midnight = column * dayMs;
      const fromMinute = (start - midnight) / minuteMs;
      return {
        column,
        fromMinute,
        toMinute: (week.zone.toLocal(to) - first - midnight) / minuteMs,
      };
    })
    .filter((slot) => slot.column < week.dates.length && slot.toMinute > slot.fromMinute)
    .sort((a, b) => a.column - b.column || a.fromMinute - b.fromMinute);
  return week.dates.flatMap((_, column) =>
    mergeSlots(slots.filter((slot) => slot.column === column)),
  );
}

/** From the first midnight to the last row of the last column. */
export function spanOf({ zone, dates, scale }: Week): {
  readonly from: number;
  readonly to: number;
} {
  const last = parseLocalDate(dates.at(-1) ?? "1970-01-01");
  const minutes = Math.max(dayMinutes, scale.lastMinute);
  return {
    from: zone.startOfDate(dates[0] ?? "1970-01-01"),
    to: zone.toInstant(last + minutes * minuteMs, "later"),
  };
}

function mergeSlots(sorted: readonly Slot[]): readonly Slot[] {
  const merged: Slot[] = [];
  for (const slot of sorted) {
    const last = merged.at(-1);
    if (last && slot.fromMinute <= last.toMinute) {
      merged[merged.length - 1] = { ...last, toMinute: Math.max(last.toMinute, slot.toMinute) };
    } else merged.push(slot);
  }
  return merged;
}

function clip({ firstMinute, lastMinute }: WeekScale, minute: number): number {
  return Math.min(lastMinute, Math.max(firstMinute, minute));
}

/** "22:00", and "01:30" after midnight. */
export function minuteLabel(minute: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}

/** Null except on dates when the clocks change. */
export function clockChangeOn(zone: Zone, date: string): string | null {
  const start = zone.startOfDate(date);
  const change = zone.changes.find(({ at }) => at >= start && at < start + 25 * hourMs);
  if (!change || zone.dateOf(change.at) !== date) return null;
  return change.after > change.before ? "Clocks go forward" : "Clocks go back";
}

export function isLow({ fromMinute, toMinute }: Slot, { scale }: Pick<Week, "scale">): boolean {
  return fromMinute + toMinute > scale.firstMinute + scale.lastMinute;
}

export interface WeekBlock {
  readonly id: string;
  readonly slot: Slot;
  readonly unit: number;
}

type Block = Pick<WeekBlock, "slot" | "unit">;

export function byTime(a: Block, b: Block): number {
  return a.slot.column - b.slot.column || a.slot.fromMinute - b.slot.fromMinute || a.unit - b.unit;
}

interface BlockLane {
  readonly lane: number;
  readonly lanes: number;
}

/**
 * Lanes in each column. Only windows out at the same time share the width, so a quiet evening is
 * readable.
 */
export function lanesOf<Drawn extends Block>(
  blocks: readonly Drawn[],
): ReadonlyMap<Drawn, BlockLane> {
  const placed = new Map<Drawn, { lane: number; lanes: number }>();
  const sorted = [...blocks].sort(byTime);
  let group: Drawn[] = [];
  let groupEnd = 0;
  let ends: number[] = [];
  const close = () => {
    for (const block of group) {
      placed.set(block, { lane: placed.get(block)?.lane ?? 0, lanes: ends.length });
    }
    group = [];
    ends = [];
  };
  for (const block of sorted) {
    const { column, fromMinute, toMinute } = block.slot;
    if (group[0] && (group[0].slot.column !== column || fromMinute >= groupEnd)) close();
    if (group.length === 0) groupEnd = toMinute;
    const free = ends.findIndex((end) => end <= fromMinute);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = toMinute;
    groupEnd = Math.max(groupEnd, toMinute);
    placed.set(block, { lane, lanes: 1 });
    group.push(block);
  }
  close();
  return placed;
}

/** Left and width as shares of the whole. */
export interface WeekColumn {
  readonly from: number;
  readonly width: number;
  readonly leastPx: number;
}

/** Each day as wide as its busiest hour needs. */
export function columnsOf<Drawn extends Block>(
  days: number,
  blocks: readonly Drawn[],
  lanes: ReadonlyMap<Drawn, BlockLane>,
): readonly WeekColumn[] {
  const least = Array.from({ length: days }, (_, column) => {
    const own = blocks.filter(({ slot }) => slot.column === column);
    const most = Math.max(1, ...own.map((block) => lanes.get(block)?.lanes ?? 1));
    return Math.max(leastColumnPx, most * (most < crowdedLanes ? lanePx : crowdedLanePx));
  });
  const all = least.reduce((sum, px) => sum + px, 0);
  let before = 0;
  return least.map((leastPx) => {
    const from = before / all;
    before += leastPx;
    return { from, width: leastPx / all, leastPx };
  });
}

const rowMinutes = 30;

/** Beyond this a column would hold the next day's evening. */
const latestMinute = 36 * 60;
const dayMinutes = 24 * 60;
const leastColumnPx = 72;
const lanePx = 44;

/** From here on each lane gets room for whole words. */
const crowdedLanes = 5;
const crowdedLanePx = 76;
