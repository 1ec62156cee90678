/** `npm run test:slow` sets it: then everything random is tried as often as it can be. */
export const isWhole = process.env["BOXSTER_RUNS"] === "whole";

/** How often a test tries what is random: the first in `npm run test:slow`, the second in `npm test`. */
export function runsOf(whole: number, usual: number): number {
  return isWhole ? whole : usual;
}

/** For a property that takes some milliseconds a try: the hundred that is usual elsewhere, or a part of it. */
export const someTries = { numRuns: runsOf(100, 30) };
