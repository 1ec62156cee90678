import { weeklySentence } from "#core/displacement/evidence-words.ts";
import {
  stopAgreedWords,
  stopAnswerWords,
  stopDue,
  stopDueOn,
  stopRuleSentence,
} from "#core/displacement/stop-rule.ts";
import { wrongIfWords } from "#core/displacement/tipping.ts";
import type { OperationReportReply } from "#core/displacement/wire/operations.ts";
import { dateName } from "#core/time/words.ts";

type Assessed = OperationReportReply["assessment"];
type Row = Assessed["overall"];

/** The weekly looks, what was agreed beforehand and what was done, on paper. */
export function weeklyLines(
  edges: Assessed["edges"],
  stopRule: OperationReportReply["stopRule"],
): readonly string[] {
  const { inForce } = stopRule;
  const agreed = inForce
    ? `${stopRuleSentence(inForce)} ${stopAgreedWords(stopRule)}`
    : "No stop rule is agreed for the case that reports rise at a boundary.";
  const done = stopDue(stopRule).map(({ neighbour, shownOn, answer }) => {
    if (answer) return `${neighbour}: ${stopAnswerWords(answer)}.`;
    const due = stopDueOn(stopRule, shownOn);
    return `${neighbour}: not answered yet${due === null ? "" : `, due by ${dateName(due)}`}.`;
  });
  return [weeklySentence(edges), agreed, ...done];
}

/** A smaller count may identify a person, and paper cannot be corrected (SAFEGUARDS 7). */
export const leastReportedCount = 10;

/** A count as a report may give it, or null for "under 10", zero included. */
export function reportedCount(count: number): number | null {
  return count < leastReportedCount ? null : count;
}

/**
 * Counts of rows of which the first is the sum of the others: where exactly one other is too small
 * to show, the sum is withheld too, or subtraction would reveal it.
 */
export function reportedSums(
  rows: readonly { readonly treated: readonly [number, number] }[],
): (readonly [number | null, number | null])[] {
  const shown = rows.map(({ treated: [before, after] }) => [
    reportedCount(before),
    reportedCount(after),
  ]);
  for (const period of [0, 1] as const) {
    const hidden = shown.slice(1).filter((counts) => counts[period] === null).length;
    const [sum] = shown;
    if (hidden === 1 && sum) sum[period] = null;
  }
  return shown.map(([before = null, after = null]) => [before, after]);
}

/** A report has one sentence for every count that is too small, zero included. */
export function reportedSentence(row: {
  readonly name: string;
  readonly verdict: string;
  readonly sentence: string;
}): string {
  return row.verdict === "cannot_tell" ? `${row.name}: not enough reports to tell.` : row.sentence;
}

/** What would make it false, where a report shows all counts that it speaks of (SAFEGUARDS 7). */
export function reportedWrongIf(
  row: Row,
  counts: readonly [number | null, number | null],
): string | null {
  // Which side a rise rests on would bound what is under 10 there.
  return counts.includes(null) ? null : wrongIfWords({ ...row, restsBeyond: false });
}

/** The same for an edge with its neighbour's totals, or why they do not serve. */
export function receivedSentence(
  name: string,
  received: { readonly outer: unknown; readonly verdict: string; readonly sentence: string },
): string {
  if (received.outer === null) return received.sentence;
  return reportedSentence({ ...received, name: `${name}, with totals received` });
}
