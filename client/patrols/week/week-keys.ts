import type { Slot } from "#client/patrols/week/week-layout.ts";

export interface WeekBlock {
  readonly id: string;
  readonly slot: Slot;
  readonly unit: number;
}

/**
 * The window that an arrow key leads to: up and down go through one day, left and right to the
 * nearest time of the day before or after that has one. Null for any other key.
 */
export function neighbourBlock(
  blocks: readonly WeekBlock[],
  current: WeekBlock,
  key: string,
): WeekBlock | null {
  const sorted = [...blocks].sort(byTime);
  switch (key) {
    case "ArrowDown":
      return step(sorted, current, 1);
    case "ArrowUp":
      return step(sorted, current, -1);
    case "ArrowRight":
      return across(sorted, current, 1);
    case "ArrowLeft":
      return across(sorted, current, -1);
    case "Home":
      return sorted[0] ?? null;
    case "End":
      return sorted.at(-1) ?? null;
    default:
      return null;
  }
}

function byTime(a: WeekBlock, b: WeekBlock): number {
  return a.slot.column - b.slot.column || a.slot.fromMinute - b.slot.fromMinute || a.unit - b.unit;
}

function step(sorted: readonly WeekBlock[], current: WeekBlock, by: number): WeekBlock {
  const sameDay = sorted.filter((block) => block.slot.column === current.slot.column);
  const index = sameDay.findIndex((block) => block.id === current.id);
  return sameDay[index + by] ?? current;
}

function across(sorted: readonly WeekBlock[], current: WeekBlock, by: number): WeekBlock {
  const columns = sorted
    .map((block) => block.slot.column)
    .filter((column) => (column - current.slot.column) * by > 0);
  if (columns.length === 0) return current;
  const column = by > 0 ? Math.min(...columns) : Math.max(...columns);
  const distance = (block: WeekBlock) =>
    Math.abs(block.slot.fromMinute - current.slot.fromMinute) +
    (block.unit === current.unit ? 0 : 1);
  return sorted
    .filter((block) => block.slot.column === column)
    .reduce((best, block) => (distance(block) < distance(best) ? block : best));
}
