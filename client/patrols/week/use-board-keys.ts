import type { KeyboardEvent } from "react";
import { type Board, isOpen, timesIn } from "#client/patrols/use-board.ts";
import { byTime, type WeekBlock } from "#client/patrols/week/week-layout.ts";
import type { WindowReply } from "#core/patrols/wire/plan.ts";
import { partnerOfUnit, unitOf } from "#core/patrols/wire/unit.ts";
import { dayMs, minuteMs, type Zone } from "#core/time/zone.ts";

/** Returns true when it handled the key. */
export function useBoardKeys(
  board: Board,
  context: {
    readonly zone: Zone;
    readonly now: number;
    readonly onRemove: (window: WindowReply) => void;
    readonly onAdd: (near: WindowReply) => void;
    readonly choose: (window: WindowReply) => void;
  },
): (event: KeyboardEvent, window: WindowReply) => boolean {
  return (event, window) => {
    const key = boardKey(event);
    if (!key || !board.canChange || (board.isOwn && !ownActs.has(key.act))) return false;
    event.preventDefault();
    if (key.act === "add") {
      context.onAdd(window);
      return true;
    }
    if (!isOpen(window, context.now)) {
      context.choose(window);
      board.refuse(window, "This patrol has begun, is over or was withdrawn.", "block");
      return true;
    }
    if (key.act !== "remove") context.choose(window);
    void perform(board, key, window, context);
    return true;
  };
}

/** A warden coordinator moves patrols, and gives them to another unit; the rest a sergeant does. */
const ownActs = new Set(["stretch", "day", "unit"]);

async function perform(
  board: Board,
  key: BoardKey,
  window: WindowReply,
  { zone, onRemove }: { readonly zone: Zone; readonly onRemove: (window: WindowReply) => void },
): Promise<void> {
  const { start, end } = timesIn(window);
  switch (key.act) {
    case "stretch":
      await board.change(
        window,
        { start: start + key.startBy * minuteMs, end: end + key.endBy * minuteMs },
        "block",
      );
      return;
    case "day": {
      const moved = movedByDays(zone, start, key.by);
      await board.change(window, { start: moved, end: moved + end - start }, "block");
      return;
    }
    case "unit": {
      const unit = unitOf(partnerOfUnit(window.unit), key.unit);
      if (unit !== window.unit) await board.change(window, { start, end, unit }, "block");
      return;
    }
    case "split":
      if (window.stops.length > 1) await board.split(window, middleStop(window), "block");
      else board.refuse(window, "A patrol with one stop cannot be split.", "block");
      return;
    case "lock":
      if (window.status === "suggested") await board.lock(window, !window.locked, "block");
      return;
    case "remove":
      onRemove(window);
      await board.remove(window, "block");
      return;
    case "add":
  }
}

/** Null for other keys. */
type BoardKey =
  | { readonly act: "stretch"; readonly startBy: number; readonly endBy: number }
  | { readonly act: "day"; readonly by: number }
  | { readonly act: "unit"; readonly unit: number }
  | { readonly act: "remove" | "split" | "add" | "lock" };

interface Pressed {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * Alt+arrow moves by 15 minutes or a day, Alt+Shift+arrow moves the end; a digit sets the unit; S
 * splits, L locks, N adds, Delete removes. Arrows go between windows.
 */
export function boardKey({ key, altKey, ctrlKey, metaKey, shiftKey }: Pressed): BoardKey | null {
  if (ctrlKey || metaKey) return null;
  if (altKey) return movedBy(key, shiftKey);
  if (/^[1-9]$/.test(key)) return { act: "unit", unit: Number(key) };
  switch (key.toLowerCase()) {
    case "delete":
    case "backspace":
      return { act: "remove" };
    case "s":
      return { act: "split" };
    case "l":
      return { act: "lock" };
    case "n":
    case "insert":
      return { act: "add" };
    default:
      return null;
  }
}

function movedBy(key: string, shiftKey: boolean): BoardKey | null {
  const by = { ArrowUp: -stepMinutes, ArrowDown: stepMinutes }[key];
  if (by !== undefined) return { act: "stretch", startBy: shiftKey ? 0 : by, endBy: by };
  const days = { ArrowLeft: -1, ArrowRight: 1 }[key];
  return days === undefined ? null : { act: "day", by: days };
}

/** Keeps the wall clock time across a clock change. */
export function movedByDays(zone: Zone, at: number, days: number): number {
  return zone.toInstant(zone.toLocal(at) + days * dayMs, "earlier");
}

/** Number of stops that stay when half go. */
function middleStop({ stops }: Pick<WindowReply, "stops">): number {
  return Math.ceil(stops.length / 2);
}

/**
 * The window an arrow leads to: up and down within the day, left and right to the nearest time on
 * the nearest day that has one. Null for other keys.
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

export const stepMinutes = 15;
