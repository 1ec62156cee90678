import { boundsOf } from "#client/map/place-features.ts";
import { lateHours } from "#core/blackouts/settings.ts";
import { cellRing, type H3Cell, metresBetween } from "#core/geo/cell.ts";
import { hourMs } from "#core/time/zone.ts";
import type { OutreachSessionReply } from "#core/wire/outreach.ts";

/** "About 1.1 km" from edge to edge of an outline. */
export function widthWords(cells: readonly H3Cell[]): string {
  const bounds = boundsOf(cells.flatMap((cell) => cellRing(cell)));
  if (!bounds) return "";
  const [west, south, east, north] = bounds;
  const middle = (south + north) / 2;
  const metres = Math.max(
    metresBetween([west, middle], [east, middle]),
    metresBetween([west, south], [west, north]),
  );
  return `About ${String(Math.round(metres / 100) / 10)} km`;
}

/** What a change leaves closed: the old times that begin within 24 hours. */
export function oldTimesOf(
  moved: OutreachSessionReply | null,
  now: number,
): OutreachSessionReply["next"] {
  const late = now + lateHours * hourMs;
  return (moved?.next ?? []).filter(({ startsAt }) => Date.parse(startsAt) <= late);
}
