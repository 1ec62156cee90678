import { command } from "#client/state/command.ts";
import type { Position } from "#core/geo/cell.ts";

/** "51.6147, -0.0644": latitude first; reversed order is detected. */
export function readCoordinates(text: string): Position | null {
  const [, first, second] =
    /^\s*(-?\d{1,3}\.\d+)\s*°?\s*[,; ]\s*(-?\d{1,3}\.\d+)\s*°?\s*$/.exec(text) ?? [];
  if (first === undefined || second === undefined) return null;
  const [a, b] = [Number(first), Number(second)];
  const { centre } = command.get();
  const ways = (
    [
      [b, a],
      [a, b],
    ] as const
  ).filter(([lng, lat]) => Math.abs(lat) <= 90 && Math.abs(lng) <= 180);
  const degreesOff = ([lng, lat]: Position) => Math.hypot(lng - centre[0], lat - centre[1]);
  const [best = null] = ways.toSorted((one, other) => degreesOff(one) - degreesOff(other));
  return best && [best[0], best[1]];
}
