import { mondayOf } from "#client/hotspots/clock/weekly-bars.ts";
import {
  type DateRange,
  daysBetween,
  earlier,
  later,
  shiftRange,
} from "#client/hotspots/presets.ts";
import { addDays } from "#core/time/zone.ts";

export type BrushPart = "start" | "end" | "window" | "outside";

export interface BrushDrag {
  readonly part: BrushPart;
  /** The range and the day under the pointer when the drag began. */
  readonly range: DateRange;
  readonly day: string;
}

/** The range that a drag has reached: its edges rest on whole weeks, Monday to Sunday. */
export function dragBrush(drag: BrushDrag, day: string, within: DateRange): DateRange {
  switch (drag.part) {
    case "window": {
      const weeks = Math.round(daysBetween(drag.day, day) / 7);
      return shiftRange(drag.range, 7 * weeks, within);
    }
    case "start":
      return orderedWeeks(day, drag.range.to, within);
    case "end":
      return orderedWeeks(drag.range.from, day, within);
    case "outside":
      return orderedWeeks(drag.day, day, within);
  }
}

/** Arrow keys: an edge by one week, the window by one week; null for other keys. */
export function keyBrush(
  part: BrushPart,
  range: DateRange,
  key: string,
  within: DateRange,
): DateRange | null {
  const days = keyDays[key];
  if (days === undefined) return null;
  if (part === "start") {
    const from = later(addDays(range.from, days), within.from);
    return { from: earlier(from, range.to), to: range.to };
  }
  if (part === "end") {
    const to = earlier(addDays(range.to, days), within.to);
    return { from: range.from, to: later(to, range.from) };
  }
  return shiftRange(range, days, within);
}

const keyDays: Readonly<Record<string, number>> = {
  ArrowLeft: -7,
  ArrowDown: -7,
  ArrowRight: 7,
  ArrowUp: 7,
  PageDown: -28,
  PageUp: 28,
  Home: -100_000,
  End: 100_000,
};

function orderedWeeks(one: string, other: string, within: DateRange): DateRange {
  const [first, last] = one <= other ? [one, other] : [other, one];
  return {
    from: later(mondayOf(first), within.from),
    to: earlier(addDays(mondayOf(last), 6), within.to),
  };
}
