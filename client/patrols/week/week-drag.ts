import type { WeekColumn } from "#client/patrols/week/week-lanes.ts";
import type { Slot, Week } from "#client/patrols/week/week-layout.ts";
import { dayMs, minuteMs, parseLocalDate } from "#core/time/zone.ts";

/** Where a pointer is in the week: a day, and minutes from its midnight. */
export interface WeekPoint {
  readonly column: number;
  readonly minute: number;
}

/** What a drag does: the whole window, or one of its ends. */
export type Grip = "move" | "start" | "end";

export interface DragTimes {
  readonly start: number;
  readonly end: number;
}

const snapMinutes = 5;

export function pointIn(
  { scale }: Pick<Week, "scale">,
  columns: readonly WeekColumn[],
  at: { readonly x: number; readonly y: number },
): WeekPoint {
  const found = columns.findIndex(({ from, width }) => at.x < from + width);
  const column = found < 0 ? columns.length - 1 : found;
  const minutes = scale.lastMinute - scale.firstMinute;
  return { column, minute: scale.firstMinute + at.y * minutes };
}

/** The window's times while a pointer that took hold at `from` is at `to`; on five minutes of the wall clock. */
export function draggedTimes(
  week: Week,
  given: {
    readonly grip: Grip;
    readonly slot: Slot;
    readonly times: DragTimes;
    readonly from: WeekPoint;
    readonly to: WeekPoint;
  },
): DragTimes {
  const { grip, slot, times, from, to } = given;
  const by = to.minute - from.minute;
  if (grip === "end") {
    const end = instantIn(week, slot.column, snapped(slot.toMinute + by));
    return { start: times.start, end: Math.max(end, times.start + snapMinutes * minuteMs) };
  }
  if (grip === "start") {
    const start = instantIn(week, slot.column, snapped(slot.fromMinute + by));
    return { start: Math.min(start, times.end - snapMinutes * minuteMs), end: times.end };
  }
  const last = week.dates.length - 1;
  const column = Math.min(last, Math.max(0, slot.column + to.column - from.column));
  const start = instantIn(week, column, snapped(slot.fromMinute + by));
  return { start, end: start + times.end - times.start };
}

/** A new window drawn from one point to another of the same day, upwards or downwards. */
export function drawnTimes(week: Week, from: WeekPoint, to: WeekPoint): DragTimes {
  const [first, last] = [from.minute, to.minute].sort((a, b) => a - b) as [number, number];
  return {
    start: instantIn(week, from.column, snapped(first)),
    end: instantIn(week, from.column, snapped(last)),
  };
}

export function instantIn(week: Week, column: number, minute: number): number {
  const first = parseLocalDate(week.dates[0] ?? "1970-01-01");
  return week.zone.toInstant(first + column * dayMs + minute * minuteMs, "earlier");
}

function snapped(minute: number): number {
  return Math.round(minute / snapMinutes) * snapMinutes;
}
