/** Of the densest parts; thin ones fade out. */
export const surfaceOpacity = 0.85;

/**
 * Events per square kilometre at which the surface has the colours of the five classes, from the fixed bounds of
 * the finest cells: one event alone, smoothed over 300 m, is 10.6 of them at its peak. They stand still as those do.
 */
export function surfaceBreaks(finest: readonly number[]): readonly number[] {
  return finest.map((bound) => bound * 20);
}
