import type { Position } from "#core/geo/cell.ts";
import { createPlane, nearestOf } from "#core/geo/plane.ts";

/** Where a phone is, as it says itself. */
export interface Fix {
  readonly at: Position;
  readonly accuracyM: number;
}

export interface NearStop<Stop> {
  readonly stop: Stop;
  /** To its cell; 0 inside. */
  readonly metres: number;
  /** Near enough to offer *Arrived* there. */
  readonly isHere: boolean;
}

/** Inner radius of a cell of resolution 10 here: the phone's first page carries no cell library. */
export const cellRadiusM = 59;
export const offeredWithinM = 60;
export const leastAccuracyM = 100;

/**
 * The nearest of these stops, of the own approved plan, and never a word about any other place.
 * Null where the phone does not know well enough, or there is no stop.
 */
export function nearestStop<Stop extends { readonly at: Position }>(
  stops: readonly Stop[],
  { at, accuracyM }: Fix,
): NearStop<Stop> | null {
  if (accuracyM > leastAccuracyM) return null;
  const { toPlane } = createPlane(at);
  const metresTo = (stop: Stop) => Math.max(0, Math.hypot(...toPlane(stop.at)) - cellRadiusM);
  const stop = nearestOf(stops, metresTo);
  if (stop === null) return null;
  const metres = Math.round(metresTo(stop));
  return { stop, metres, isHere: metres <= offeredWithinM };
}
