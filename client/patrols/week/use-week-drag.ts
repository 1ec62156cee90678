import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef } from "react";
import type { BoardDraft } from "#client/patrols/board-desk.ts";
import { type Board, type Times, timesIn } from "#client/patrols/use-board.ts";
import type { Slot, Week, WeekColumn } from "#client/patrols/week/week-layout.ts";
import type { WindowReply } from "#core/patrols/wire/plan.ts";
import { dayMs, minuteMs, parseLocalDate } from "#core/time/zone.ts";

interface Hold {
  readonly pointer: number;
  readonly at: { readonly x: number; readonly y: number };
  readonly timesAt: (to: WeekPoint) => Times;
  /** Null: a new one is drawn. */
  readonly window: WindowReply | null;
  isDrag: boolean;
  last: Times | null;
}

interface DragGround {
  readonly grid: RefObject<HTMLElement | null>;
  readonly week: Week;
  readonly columns: readonly WeekColumn[];
  readonly onDrawn: (times: Times) => void;
  readonly onDropped: (window: WindowReply, times: Times) => void;
}

export function useWeekDrag(board: Board, given: DragGround) {
  const latest = useRef({ board, ...given });
  latest.current = { board, ...given };
  const hold = useRef<Hold | null>(null);
  const ended = useRef(0);

  useEffect(() => {
    const letGo = () => {
      hold.current = null;
      latest.current.board.draft.set(() => null);
    };
    const onMove = (event: PointerEvent) => {
      const held = hold.current;
      if (held?.pointer !== event.pointerId) return;
      const far = Math.hypot(event.clientX - held.at.x, event.clientY - held.at.y);
      if (!held.isDrag && far < leastPx) return;
      if (!held.isDrag) latest.current.board.closeRefusal();
      held.isDrag = true;
      event.preventDefault();
      const times = held.timesAt(pointUnder(latest.current, event));
      held.last = times;
      latest.current.board.draft.set((draft) => nextDraft(draft, held.window, times));
    };
    const onUp = (event: PointerEvent) => {
      const held = hold.current;
      if (held?.pointer !== event.pointerId) return;
      hold.current = null;
      if (!held.isDrag || !held.last) return letGo();
      ended.current = event.timeStamp;
      const { onDrawn, onDropped } = latest.current;
      if (held.window) return onDropped(held.window, held.last);
      letGo();
      if (held.last.end - held.last.start >= leastDrawnMs) onDrawn(held.last);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !hold.current?.isDrag) return;
      event.stopPropagation();
      letGo();
    };
    window.addEventListener("pointermove", onMove, { passive: false });
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", letGo);
    window.addEventListener("keydown", onKey, true);
    return () => {
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", letGo);
      window.removeEventListener("keydown", onKey, true);
    };
  }, []);

  const begin = (
    event: ReactPointerEvent,
    window: WindowReply | null,
    timesFrom: (from: WeekPoint) => Hold["timesAt"],
  ) => {
    if (event.button !== 0 || !board.canChange || board.isBusy) return;
    hold.current = {
      pointer: event.pointerId,
      at: { x: event.clientX, y: event.clientY },
      timesAt: timesFrom(pointUnder(latest.current, event)),
      window,
      isDrag: false,
      last: null,
    };
  };
  return {
    grab: (event: ReactPointerEvent, window: WindowReply, slot: Slot, grip: Grip) => {
      const { week } = latest.current;
      const times = timesIn(window);
      begin(event, window, (from) => (to) => draggedTimes(week, { grip, slot, times, from, to }));
    },
    draw: (event: ReactPointerEvent) => {
      const { week } = latest.current;
      // Touch on a free place scrolls.
      if (event.pointerType === "touch") return;
      begin(event, null, (from) => (to) => drawnTimes(week, from, to));
    },
    /** The click that ends a drag must not select. */
    wasDrag: () => performance.now() - ended.current < 300,
  };
}

function nextDraft(
  draft: BoardDraft | null,
  window: WindowReply | null,
  { start, end }: Times,
): BoardDraft {
  const isSame = draft?.start === start && draft.end === end;
  if (isSame) return draft;
  return { window, start, end, unit: window?.unit ?? 1 };
}

/** A day, and minutes from its midnight. */
interface WeekPoint {
  readonly column: number;
  readonly minute: number;
}

export type Grip = "move" | "start" | "end";

function pointUnder(
  { grid, week, columns }: Pick<DragGround, "grid" | "week" | "columns">,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): WeekPoint {
  const box = grid.current?.getBoundingClientRect();
  if (!box) return { column: 0, minute: week.scale.firstMinute };
  const x = (clientX - box.left) / box.width;
  const y = Math.min(1, Math.max(0, (clientY - box.top) / box.height));
  return pointIn(week, columns, { x, y });
}

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

/** In steps of five minutes of wall clock time. */
export function draggedTimes(
  week: Week,
  given: {
    readonly grip: Grip;
    readonly slot: Slot;
    readonly times: Times;
    readonly from: WeekPoint;
    readonly to: WeekPoint;
  },
): Times {
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

/** Within one day, in either direction. */
export function drawnTimes(week: Week, from: WeekPoint, to: WeekPoint): Times {
  const [first, last] = [from.minute, to.minute].sort((a, b) => a - b) as [number, number];
  return {
    start: instantIn(week, from.column, snapped(first)),
    end: instantIn(week, from.column, snapped(last)),
  };
}

function instantIn(week: Week, column: number, minute: number): number {
  const first = parseLocalDate(week.dates[0] ?? "1970-01-01");
  return week.zone.toInstant(first + column * dayMs + minute * minuteMs, "earlier");
}

function snapped(minute: number): number {
  return Math.round(minute / snapMinutes) * snapMinutes;
}

/** A hand that trembles does not drag. */
const leastPx = 5;

/** A stretch drawn shorter than this was a click. */
const leastDrawnMs = 30 * minuteMs;

const snapMinutes = 5;
