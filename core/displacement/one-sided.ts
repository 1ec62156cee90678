import type { ZoneCounts } from "#core/displacement/counts.ts";
import { countIn } from "#core/displacement/timeline.ts";
import type { AssessmentWindows } from "#core/displacement/windows.ts";
import type { AssessedEdge, AssessmentZones } from "#core/displacement/zones.ts";

/** Why an edge is counted on this side alone. */
export type OneSidedReason = "never" | "before" | "after";

export const oneSidedWords: Readonly<Record<OneSidedReason, string>> = {
  never: "Only this side of the line is recorded.",
  before:
    "Beyond the line nothing is recorded from before the start, so only this side is counted.",
  after: "Beyond the line nothing is recorded from after the start, so only this side is counted.",
};

/** So many reports in one period against none in the other are records that begin or end, not a change. */
const tooManyForNone = 10;

/** Null where both sides count. A line within the command is recorded on both. */
export function oneSidedReason(
  edge: Pick<AssessedEdge, "isInternal">,
  before: number,
  after: number,
): OneSidedReason | null {
  if (edge.isInternal) return null;
  if (before === 0 && after === 0) return "never";
  if (before === 0 && after >= tooManyForNone) return "before";
  return after === 0 && before >= tooManyForNone ? "after" : null;
}

export interface RecordedZones {
  readonly zones: AssessmentZones;
  readonly counts: ZoneCounts;
  /** By edge, in their order. */
  readonly oneSided: readonly (OneSidedReason | null)[];
}

/** Without the far side of edges beyond which nothing was recorded in one of the periods: it is unknown. */
export function withoutUnrecorded(
  zones: AssessmentZones,
  counts: ZoneCounts,
  { before, after }: AssessmentWindows,
): RecordedZones {
  const oneSided = zones.edges.map((edge, index) => {
    const outer = counts.edges[index]?.outer;
    if (outer === undefined) return null;
    return oneSidedReason(
      edge,
      countIn(outer, counts.timeline, before),
      countIn(outer, counts.timeline, after),
    );
  });
  return {
    zones: {
      ...zones,
      edges: zones.edges.map((edge, index) =>
        oneSided[index] ? { ...edge, outer: [], isOneSided: true } : edge,
      ),
    },
    counts: {
      ...counts,
      edges: counts.edges.map(({ inner, outer }, index) => {
        return { inner, outer: oneSided[index] ? outer.map(() => 0) : outer };
      }),
    },
    oneSided,
  };
}
