import { change } from "#client/hotspots/measures/change.ts";
import { count, significance } from "#client/hotspots/measures/counts.ts";
import { harm } from "#client/hotspots/measures/harm.ts";
import {
  type Answer,
  type AnyMeasure,
  type Aside,
  type Compared,
  type Finding,
  type FindingLook,
  type Findings,
  isAnswerable,
  type Unanswerable,
} from "#client/hotspots/measures/measure.ts";
import { patrolTime } from "#client/hotspots/measures/patrol-time.ts";
import { pattern } from "#client/hotspots/measures/pattern.ts";
import { surface } from "#client/hotspots/measures/surface.ts";

/** In the order of the choices. To add a measure: its file, and its line here. */
const chosen = [count, significance, change, pattern, harm, patrolTime] as const;

export type Measure = (typeof chosen)[number]["id"];
export const measures = chosen.map(({ id }) => id) as readonly Measure[];

const byId = new Map<string, AnyMeasure>([...chosen, surface].map((one) => [one.id, one]));

export function measureOf(id: string): AnyMeasure {
  const found = byId.get(id);
  if (!found) throw new RangeError(`There is no measure "${id}"`);
  return found;
}

/** Null for measures whose picture is the counts themselves. */
export function findingsOf(answer: Answer | null): Findings | null {
  return answer && (measureOf(answer.measure).findings?.(answer) ?? null);
}

export function countFindings(findings: Findings): ReadonlyMap<Finding, number> {
  const counts = new Map<Finding, number>();
  for (const finding of findings) {
    if (finding) counts.set(finding, (counts.get(finding) ?? 0) + 1);
  }
  return counts;
}

export function lookOf(measure: Measure, finding: Finding | null): FindingLook | null {
  return measureOf(measure).looks.find((each) => each.finding === finding) ?? null;
}

export function comparedOf(aside: Aside | Unanswerable | null | undefined): Compared | null {
  return isAnswerable(aside) ? (measureOf(aside.measure).compared?.(aside) ?? null) : null;
}

/** Baseline or steps, test and correction; null where counts are all. */
export function statementOf(aside: Aside | Unanswerable | null | undefined): string | null {
  return isAnswerable(aside) ? (measureOf(aside.measure).statement?.(aside) ?? null) : null;
}
