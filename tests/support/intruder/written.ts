import type { Bounds } from "#tests/support/disclosure.ts";
import type { FigureKey, Reading } from "#tests/support/intruder/reading.ts";

export const threshold = 10;
export const base = 5;
const half = (base - 1) / 2;

export const anything: Bounds = { low: 0, high: Number.POSITIVE_INFINITY };

/** What all forms write of each count. */
export type Written = ReadonlyMap<FigureKey, ReadonlySet<number | null>>;

export function figuresIn(readings: readonly Reading[]): Written {
  const all = new Map<FigureKey, Set<number | null>>();
  for (const reading of readings) {
    if (reading.what !== "figure") continue;
    const known = all.get(reading.key) ?? new Set();
    all.set(reading.key, known.add(reading.written));
  }
  return all;
}

export function isBlank(written: Written, key: FigureKey): boolean {
  return [...(written.get(key) ?? [])].every((figure) => figure === null);
}

/** The written figure where all forms write the same. */
export function oneFigure(written: Written, key: FigureKey): number | null {
  return [...(written.get(key) ?? [])].find((figure) => figure !== null) ?? null;
}

export function boundsOf(figures: ReadonlySet<number | null>): Bounds {
  let { low, high } = anything;
  for (const figure of figures) {
    if (figure === null) continue;
    const isRounded = figure >= threshold && figure % base === 0;
    low = Math.max(low, isRounded ? Math.max(threshold, figure - half) : figure);
    high = Math.min(high, isRounded ? figure + half : figure);
  }
  return { low, high };
}
