import type { BoardDesk } from "#client/patrols/board-desk.ts";
import { cappedDays, type Span } from "#client/patrols/capped.ts";
import type { KeepClear } from "#client/patrols/use-keep-clear.ts";

/** When a patrol may not be at its stops: keep clear at one of them, or a stop with its visits already. */
export function blockedTimes(desk: BoardDesk, keepClear: KeepClear, windowId: string): Span[] {
  const stops = desk.standing.find(({ id }) => id === windowId)?.stops ?? [];
  const own = new Set<string>(stops.map(({ cell }) => cell));
  const closed = keepClear.stretches.filter(({ cells }) => cells.some((cell) => own.has(cell)));
  return [...closed, ...cappedDays(desk, windowId)];
}
