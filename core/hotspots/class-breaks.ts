export const classCount = 5;

/**
 * Lower bounds of five classes, in equal ratios from 1 to the largest value over the whole period:
 * short and long windows can both be read, and nothing changes while time plays. Fewer where the
 * values are too small to tell five apart.
 */
export function classBreaks(largest: number): number[] {
  if (!(largest >= 1)) return [1];
  const step = largest ** (1 / classCount);
  const breaks: number[] = [];
  for (let index = 0; index < classCount; index += 1) {
    const bound = index === 0 ? 1 : Math.max(Math.round(step ** index), (breaks.at(-1) ?? 0) + 1);
    if (bound <= largest) breaks.push(bound);
  }
  return breaks;
}

/** 0-based class of a value; -1 below the first bound that is shown (less than half an event). */
export function classOf(value: number, breaks: readonly number[]): number {
  if (value < 0.5) return -1;
  let found = 0;
  for (let index = 1; index < breaks.length; index += 1) {
    if (value >= (breaks[index] as number)) found = index;
  }
  return found;
}
