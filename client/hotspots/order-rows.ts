import type { Finding, Findings } from "#client/hotspots/findings.ts";
import type { MeasureAnswer } from "#client/hotspots/measure-ask.ts";
import type { Hotspot } from "#core/hotspots/rank.ts";
import type { StudySet } from "#core/places/study-set.ts";

/** What to look at first: what moves before what stays, what can be told before what cannot. */
const order: readonly Finding[] = [
  "rise",
  "rising",
  "steady",
  "on_and_off",
  "easing",
  "fall",
  "gone",
  "quiet",
  "no_clear_change",
  "no_pattern",
  "rate_5",
  "rate_4",
  "rate_3",
  "rate_2",
  "rate_1",
  "too_few",
  "unknown",
];

export interface OrderInput {
  readonly study: StudySet;
  readonly findings: Findings | null;
  readonly answer: MeasureAnswer | null;
}

/** By what the measure found, then by its size; rows of equal standing keep their order. */
export function orderRows(
  rows: readonly Hotspot[],
  { study, findings, answer }: OrderInput,
): readonly Hotspot[] {
  if (!findings) return rows;
  const at = (row: Hotspot) => study.indexOf.get(row.cell) ?? -1;
  const standing = (row: Hotspot) => {
    const finding = findings[at(row)];
    return finding ? order.indexOf(finding) : order.length;
  };
  const size = (row: Hotspot): number => {
    if (answer?.measure === "change") return Math.abs(row.change ?? 0);
    if (answer?.measure === "effort") return answer.efforts[at(row)]?.rate ?? 0;
    return 0;
  };
  return [...rows].sort((a, b) => standing(a) - standing(b) || size(b) - size(a));
}
