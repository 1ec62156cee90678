import { lookOf, measureOf } from "#client/hotspots/measures/list.ts";
import { type FileValue, faultOf, isAnswerable } from "#client/hotspots/measures/measure.ts";
import type { Ranked } from "#client/hotspots/ranked.ts";

/**
 * What a measure adds to each place of a file. Hours and rates of patrol are not among it: dose leaves as one
 * total alone (SAFEGUARDS 6).
 */
export function measureValues(
  { measure, answer, findings }: Ranked,
  at: number,
): Record<string, FileValue> {
  if (!answer) return {};
  const word = lookOf(measure, findings?.[at] ?? null)?.word ?? null;
  return measureOf(answer.measure).values?.(answer, at, word) ?? {};
}

/** The lines about the measure below the places: what was compared, by which test, with which correction. */
export function measureLines({ measure, picture }: Ranked): readonly (readonly [string, string])[] {
  const { aside } = picture;
  const named = ["measure", measureOf(measure).name] as const;
  const fault = faultOf(aside);
  if (fault !== null) return [named, ["not answered", fault]];
  if (!isAnswerable(aside)) return [named];
  return [named, ...(measureOf(aside.measure).lines?.(aside) ?? [])];
}
