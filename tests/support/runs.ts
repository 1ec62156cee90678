/** `npm run test:slow` sets it: then everything random is tried as often as it can be. */
export const isWhole = process.env["BOXSTER_RUNS"] === "whole";

/** How often a test tries what is random: the first in `npm run test:slow`, the second in `npm test`. */
export function runsOf(whole: number, usual: number): number {
  return isWhole ? whole : usual;
}

/** All in `npm run test:slow`; in `npm test` each of so many, beginning with another one each turn. */
export function partOf<Tried>(
  all: readonly Tried[],
  share: number,
  turn: number,
): readonly Tried[] {
  return isWhole ? all : all.filter((_, at) => at % share === turn % share);
}

/** For a property that takes some milliseconds a try: the hundred that is usual elsewhere, or a part of it. */
export const someTries = { numRuns: runsOf(100, 20) };
