import { shownUntil } from "#core/blackouts/shown-until.ts";
import type { ClosedTime } from "#core/patrol/closed-time.ts";
import { nearestFit, refusalSentence } from "#core/patrol/refusal.ts";
import { routeCells } from "#core/patrol/route.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { WindowChangeReply } from "#core/wire/plan.ts";
import type { WindowRow } from "#server/queries/patrol-windows.ts";

export type Refusal = Extract<WindowChangeReply, { ok: false }>;

/** The nearest time comes from the footprint alone, and only as far ahead as a sergeant is shown it. */
export function notAvailable(
  window: WindowRow,
  closed: ClosedTime,
  { zone, now }: { readonly zone: Zone; readonly now: number },
): Refusal {
  const shown = shownUntil(zone, zone.dateOf(now));
  const nearest = nearestFit(
    closed,
    routeCells(window.stops.map((stop) => stop.cell)),
    { from: window.start, to: window.end },
    { from: Math.max(now, window.shiftStart), to: Math.min(shown, window.shiftEnd) },
  );
  const isMove = nearest !== null && nearest.from !== window.start;
  return {
    ok: false,
    reason: refusalSentence(zone, isMove ? nearest : null),
    nearest: isMove
      ? { start: formatInstant(zone, nearest.from), end: formatInstant(zone, nearest.to) }
      : null,
  };
}
