import { doneGroups, type ReleaseDone } from "#core/wire/release.ts";

/** Totals as a hall hears of them: the latest period first, wholes before their parts, else as the release has them. */
export function inOrderOfTelling(done: readonly ReleaseDone[]): ReleaseDone[] {
  return done.toSorted(
    (a, b) => compare(b.to, a.to) || compare(b.from, a.from) || depthOf(a) - depthOf(b),
  );
}

/** The first so many of each group: none goes without for the length of another. */
export function firstOfEach(done: readonly ReleaseDone[], most: number): ReleaseDone[] {
  const ordered = inOrderOfTelling(done);
  return doneGroups.flatMap((group) => ordered.filter((row) => row.group === group).slice(0, most));
}

/** `cautions` is a whole, `cautions:residence:not_known` a part (core/outcomes/public-tallies.ts). */
function depthOf({ measure }: ReleaseDone): number {
  return measure.split(":").length;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
