/**
 * Lower bounds of five classes in about equal ratios, from steps of one or two events to steps of
 * tens. The ladder depends on typical, never actual, counts for a picture of this length: nothing
 * changes during playback, equal periods compare, and a few Friday nights are not all in the lowest
 * class of a yearly scale.
 */
export const ladders: readonly (readonly number[])[] = [
  [1, 2, 3, 5, 8],
  [1, 2, 4, 8, 16],
  [1, 3, 8, 20, 50],
  [1, 4, 16, 64, 256],
  [1, 6, 36, 200, 1200],
  [1, 10, 100, 1000, 10_000],
];

/** The widest ladder whose top class the usual largest value reaches; the finest for small values. */
export function classBreaks(usualLargest: number): readonly number[] {
  const reached = ladders.filter((ladder) => (ladder.at(-1) ?? 0) <= usualLargest);
  return reached.at(-1) ?? ladders[0] ?? [1];
}

/** 0-based class of a value; -1 below the first bound that is shown (less than half an event). */
export function classOf(value: number, breaks: readonly number[]): number {
  if (value < leastDrawn) return -1;
  let found = 0;
  for (let index = 1; index < breaks.length; index += 1) {
    if (value >= (breaks[index] as number)) found = index;
  }
  return found;
}

/** Less than this of an event is in the table, not on the map. */
export const leastDrawn = 0.5;
