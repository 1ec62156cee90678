import { lengthMinutes, type SessionRule } from "#core/blackouts/session.ts";
import { secondPersonHours, secondPersonRadiusM } from "#core/blackouts/settings.ts";

/** No footprint of a circle of 400 m has more (2,000 of them have 125 to 134); other shapes go by it. */
const mostCellsOfCircle = 136;

export interface Closing {
  readonly radiusM: number;
  /** How many cells its footprint has. */
  readonly cellCount: number;
  readonly rule: SessionRule;
}

/**
 * Why a second person of the same partner is asked about a closure, or null. It closes at once all the same:
 * a mistake costs a patrol its way, waiting for somebody could cost more.
 */
export function secondPersonReason({ radiusM, cellCount, rule }: Closing): string | null {
  const isLarge = radiusM > secondPersonRadiusM || cellCount > mostCellsOfCircle;
  const isLong = lengthMinutes(rule) > secondPersonHours * 60;
  const large = `larger than ${secondPersonRadiusM} m around its middle`;
  const long = `longer than ${secondPersonHours} hours`;
  if (isLarge && isLong) return `${large} and ${long}`;
  if (isLarge) return large;
  return isLong ? long : null;
}
