import type { MeasureAnswer } from "#client/hotspots/measure-ask.ts";
import { type ChangeVerdict, changeVerdict } from "#core/hotspots/change.ts";
import { type CellEffort, effortBreaks } from "#core/hotspots/effort.ts";
import { type EmergingGroup, emergingGroup } from "#core/hotspots/emerging-group.ts";

/** What a measure finds of a place, in the words of its legend; "too few to say" is one of them. */
export type Finding = ChangeVerdict | EmergingGroup | EffortFinding;
export type EffortFinding = `rate_${1 | 2 | 3 | 4 | 5}` | "too_few" | "unknown";

/** Per cell of the study set; null where there is nothing to say. */
export type Findings = readonly (Finding | null)[];

/** Null for measures whose picture is the counts themselves. */
export function findingsOf(answer: MeasureAnswer | null): Findings | null {
  switch (answer?.measure) {
    case "change":
      return answer.changes.map(changeVerdict);
    case "emerging":
      return answer.categories.map((category, cell) => {
        const around = answer.around[cell] ?? 0;
        return around === 0 ? null : emergingGroup(category, around);
      });
    case "effort":
      return answer.efforts.map((effort) => effort && effortFinding(effort));
    case "surface":
    case undefined:
      return null;
  }
}

const rateFindings = ["rate_1", "rate_2", "rate_3", "rate_4", "rate_5"] as const;

function effortFinding({ status, rate }: CellEffort): EffortFinding {
  if (status !== "known" || rate === null) return status === "known" ? "too_few" : status;
  const reached = effortBreaks.filter((bound) => rate >= bound).length;
  return rateFindings[reached - 1] ?? "rate_1";
}

/** How many places there are of each finding. */
export function countFindings(findings: Findings): ReadonlyMap<Finding, number> {
  const counts = new Map<Finding, number>();
  for (const finding of findings) {
    if (finding) counts.set(finding, (counts.get(finding) ?? 0) + 1);
  }
  return counts;
}
