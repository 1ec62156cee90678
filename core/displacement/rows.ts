import { type Comparison, compareWithControl } from "#core/displacement/compare.ts";
import type { GroupCounts } from "#core/displacement/counts.ts";
import { type MonthSlice, type RunningFigure, runningFigures } from "#core/displacement/running.ts";
import { rowSentence } from "#core/displacement/sentence.ts";
import { type Verdict, verdictsOf } from "#core/displacement/verdict.ts";
import type { AssessmentWindows } from "#core/displacement/windows.ts";
import type { AssessedEdge } from "#core/displacement/zones.ts";
import type { PrePost } from "#core/stats/wdd.ts";

export interface AssessmentRow extends Comparison {
  readonly neighbour: string | null;
  readonly name: string;
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly oneSided: boolean;
  readonly running: readonly RunningFigure[];
}

export interface EdgeRow extends AssessmentRow {
  readonly neighbour: string;
  /** Both sides apart; outer is null where nothing is recorded beyond the line. */
  readonly inner: PrePost;
  readonly outer: PrePost | null;
}

/** What every row is compared with. */
export interface Frame {
  readonly control: GroupCounts;
  readonly windows: AssessmentWindows;
  readonly slices: readonly MonthSlice[];
}

export interface Where {
  readonly name: string;
  readonly where: string;
  readonly oneSided: string | null;
}

/** A question of its own, such as whether the treated area changed. */
export function singleRow(group: GroupCounts, frame: Frame, where: Where): AssessmentRow {
  const comparison = compare(group, frame);
  const [verdict = "cannot_tell"] = verdictsOf([comparison]);
  return finished(group, frame, { ...where, comparison, verdict, asked: 1 });
}

/** The edges are asked about together. */
export function edgeRows(
  edges: readonly AssessedEdge[],
  counts: readonly { readonly inner: GroupCounts; readonly outer: GroupCounts }[],
  frame: Frame,
): EdgeRow[] {
  const groups = counts.map(({ inner, outer }) => add(inner, outer));
  const comparisons = groups.map((group) => compare(group, frame));
  const verdicts = verdictsOf(comparisons);
  const asked = comparisons.filter(({ p }) => p !== null).length;
  return edges.map((edge, index): EdgeRow => {
    const group = groups[index] ?? none;
    const sides = counts[index] ?? { inner: none, outer: none };
    const oneSided = edge.isOneSided ? "Only this side of the line is recorded." : null;
    const row = finished(group, frame, {
      name: edge.neighbour,
      where: `Along the ${edge.isInternal ? `${edge.neighbour} line` : `edge to ${edge.neighbour}`}`,
      comparison: comparisons[index] ?? compare(group, frame),
      verdict: verdicts[index] ?? "cannot_tell",
      asked,
      oneSided,
    });
    return {
      ...row,
      neighbour: edge.neighbour,
      inner: prePost(sides.inner),
      outer: edge.isOneSided ? null : prePost(sides.outer),
    };
  });
}

function finished(
  group: GroupCounts,
  { control, windows, slices }: Frame,
  row: Where & {
    readonly comparison: Comparison;
    readonly verdict: Verdict;
    readonly asked: number;
  },
): AssessmentRow {
  return {
    ...row.comparison,
    neighbour: null,
    name: row.name,
    verdict: row.verdict,
    sentence: rowSentence(row),
    oneSided: row.oneSided !== null,
    running: runningFigures(group, control, slices, windows.before.days),
  };
}

function compare(group: GroupCounts, { control, windows }: Frame): Comparison {
  const days: PrePost = [windows.before.days, windows.after.days];
  return compareWithControl(prePost(group), prePost(control), days);
}

function prePost({ before, after }: GroupCounts): PrePost {
  return [before, after.reduce((total, count) => total + count, 0)];
}

export function add(a: GroupCounts, b: GroupCounts): GroupCounts {
  return {
    before: a.before + b.before,
    after: a.after.map((count, index) => count + (b.after[index] ?? 0)),
  };
}

const none: GroupCounts = { before: 0, after: [] };
