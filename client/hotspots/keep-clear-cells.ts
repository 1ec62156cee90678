import type { H3Cell } from "#core/geo/cell.ts";
import type { KeepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import { compareText } from "#core/text/text-order.ts";
import { hourMs, type Zone } from "#core/time/zone.ts";

/**
 * The cells that are closed at some moment of the chosen hours of the week, in the days ahead that
 * the reply covers. Any touch counts: an hour that is partly closed is shown closed.
 */
export function keepClearCells(
  reply: KeepClearReply,
  mask: Uint8Array | null,
  zone: Zone,
): readonly H3Cell[] {
  const cells = new Set<H3Cell>();
  for (const stretch of reply.stretches) {
    if (!touches(Date.parse(stretch.from), Date.parse(stretch.to), mask, zone)) continue;
    for (const cell of stretch.cells) cells.add(cell as H3Cell);
  }
  return [...cells].sort(compareText);
}

function touches(from: number, to: number, mask: Uint8Array | null, zone: Zone): boolean {
  if (mask === null) return from < to;
  // Offsets change on the hour, so steps to the next local hour never skip one.
  for (let at = from; at < to; at += hourMs - (zone.toLocal(at) % hourMs)) {
    if (mask[zone.hourOfWeek(at)] === 1) return true;
  }
  return false;
}
