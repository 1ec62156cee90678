import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef } from "react";
import type { BoardDraft } from "#client/patrols/board-desk.ts";
import type { Board } from "#client/patrols/use-board.ts";
import {
  type DragTimes,
  draggedTimes,
  drawnTimes,
  type Grip,
  pointIn,
  type WeekPoint,
} from "#client/patrols/week/week-drag.ts";
import type { WeekColumn } from "#client/patrols/week/week-lanes.ts";
import type { Slot, Week } from "#client/patrols/week/week-layout.ts";
import type { WindowReply } from "#core/patrols/wire/plan.ts";
import { minuteMs } from "#core/time/zone.ts";

/** A hand that trembles does not drag. */
const leastPx = 5;
/** A stretch drawn shorter than this was a click. */
const leastDrawnMs = 30 * minuteMs;

export interface WeekDrag {
  /** Takes hold of a window by its middle or one of its ends. */
  readonly grab: (event: ReactPointerEvent, window: WindowReply, slot: Slot, grip: Grip) => void;
  /** Begins to draw a new window on a free place. */
  readonly draw: (event: ReactPointerEvent) => void;
  /** A drag has just ended here: the click that follows is part of it. */
  readonly wasDrag: () => boolean;
}

interface Hold {
  readonly pointer: number;
  readonly from: WeekPoint;
  readonly at: { readonly x: number; readonly y: number };
  readonly timesAt: (to: WeekPoint) => DragTimes;
  /** Null: a new one is drawn. */
  readonly window: WindowReply | null;
  isDrag: boolean;
  last: DragTimes | null;
}

/** Moving, stretching and drawing by mouse, pen or finger; Escape lets go. */
export function useWeekDrag(
  board: Board,
  given: {
    readonly grid: RefObject<HTMLElement | null>;
    readonly week: Week;
    readonly columns: readonly WeekColumn[];
    readonly onDrawn: (times: DragTimes) => void;
    readonly onDropped: (window: WindowReply, times: DragTimes) => void;
  },
): WeekDrag {
  const latest = useRef({ board, ...given });
  latest.current = { board, ...given };
  const hold = useRef<Hold | null>(null);
  const ended = useRef(0);

  useEffect(() => {
    const pointOf = (event: PointerEvent) => {
      const { grid, week, columns } = latest.current;
      const box = grid.current?.getBoundingClientRect();
      if (!box) return { column: 0, minute: week.scale.firstMinute };
      const x = (event.clientX - box.left) / box.width;
      const y = Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
      return pointIn(week, columns, { x, y });
    };
    const letGo = () => {
      hold.current = null;
      latest.current.board.draft.set(() => null);
    };
    const onMove = (event: PointerEvent) => {
      const held = hold.current;
      if (held?.pointer !== event.pointerId) return;
      const far = Math.hypot(event.clientX - held.at.x, event.clientY - held.at.y);
      if (!held.isDrag && far < leastPx) return;
      // What was refused before is over.
      if (!held.isDrag) latest.current.board.closeRefusal();
      held.isDrag = true;
      event.preventDefault();
      const times = held.timesAt(pointOf(event));
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
    timesFrom: (from: WeekPoint) => (to: WeekPoint) => DragTimes,
  ) => {
    const { grid, week, columns } = latest.current;
    const box = grid.current?.getBoundingClientRect();
    if (event.button !== 0 || !board.canChange || board.isBusy || !box) return;
    const at = { x: event.clientX, y: event.clientY };
    const from = pointIn(week, columns, {
      x: (at.x - box.left) / box.width,
      y: (at.y - box.top) / box.height,
    });
    const timesAt = timesFrom(from);
    hold.current = {
      pointer: event.pointerId,
      from,
      at,
      timesAt,
      window,
      isDrag: false,
      last: null,
    };
  };
  return {
    grab: (event, window, slot, grip) => {
      const times = { start: Date.parse(window.start), end: Date.parse(window.end) };
      const { week } = latest.current;
      begin(event, window, (from) => (to) => draggedTimes(week, { grip, slot, times, from, to }));
    },
    draw: (event) => {
      const { week } = latest.current;
      // A finger on a free place scrolls.
      if (event.pointerType === "touch") return;
      begin(event, null, (from) => (to) => drawnTimes(week, from, to));
    },
    wasDrag: () => performance.now() - ended.current < 300,
  };
}

function nextDraft(
  draft: BoardDraft | null,
  window: WindowReply | null,
  { start, end }: DragTimes,
): BoardDraft | null {
  const isSame = draft?.start === start && draft.end === end;
  if (isSame) return draft;
  return { window, start, end, unit: window?.unit ?? 1 };
}
