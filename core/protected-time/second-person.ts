import { lengthMinutes, type SessionRule } from "#core/protected-time/session.ts";
import { secondPersonCells, secondPersonHours } from "#core/protected-time/settings.ts";

export interface Closing {
  /** Its footprint. */
  readonly cells: readonly string[];
  readonly rule: SessionRule;
}

/**
 * Why a second person of the same partner is asked about a closure, or null. It closes at once all the same:
 * a mistake costs a patrol its way, waiting for somebody could cost more.
 */
export function secondPersonReason({ cells, rule }: Closing): string | null {
  const isLarge = cells.length > secondPersonCells;
  const isLong = lengthMinutes(rule) > secondPersonHours * 60;
  const large = "larger than about 1.5 km across";
  const long = `longer than ${secondPersonHours} hours`;
  if (isLarge && isLong) return `${large} and ${long}`;
  if (isLarge) return large;
  return isLong ? long : null;
}
