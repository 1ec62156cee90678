import type { MeasureName } from "#core/outcomes/measures.ts";
import type { ReleaseDone } from "#core/releases/wire/release.ts";

/** Under which heading a hall hears of a total: being identified by police is no enforcement, whatever group it was frozen with. */
export const tellingGroups = ["outreach", "diversion", "identified", "enforcement"] as const;
export type TellingGroup = (typeof tellingGroups)[number];

const ofPeople: readonly string[] = [
  "sex_workers_identified",
  "kerb_crawlers_identified",
] satisfies MeasureName[];

export function tellingGroupOf({ group, measure }: ReleaseDone): TellingGroup {
  return ofPeople.includes(measure.split(":")[0] ?? "") ? "identified" : group;
}

/** Totals as a hall hears of them: the latest period first, wholes before their parts, else as the release has them. */
export function inOrderOfTelling(done: readonly ReleaseDone[]): ReleaseDone[] {
  return done.toSorted(
    (a, b) => compare(b.to, a.to) || compare(b.from, a.from) || depthOf(a) - depthOf(b),
  );
}

/** The first so many of each group: none goes without for the length of another. */
export function firstOfEach(done: readonly ReleaseDone[], most: number): ReleaseDone[] {
  const ordered = inOrderOfTelling(done);
  return tellingGroups.flatMap((group) =>
    ordered.filter((row) => tellingGroupOf(row) === group).slice(0, most),
  );
}

/** `cautions` is a whole, `cautions:residence:not_known` a part (core/outcomes/public-tallies.ts). */
function depthOf({ measure }: ReleaseDone): number {
  return measure.split(":").length;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
