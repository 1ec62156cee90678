import { assessmentAlpha, compareWithControl, verdictsOf } from "#core/displacement/compare.ts";
import {
  firstMonthOfChange,
  type MonthSlice,
  runningFigures,
} from "#core/displacement/over-time.ts";
import { rowSentence } from "#core/displacement/sentence.ts";
import {
  addGroups,
  countIn,
  type GroupCounts,
  type MonthPart,
  type Timeline,
} from "#core/displacement/timeline.ts";
import type { createWidening } from "#core/displacement/widening.ts";
import type { AssessmentWindows } from "#core/displacement/windows.ts";
import type {
  AssessmentRow,
  Comparison,
  EdgeRow,
  MonthFigure,
  Verdict,
  Widening,
} from "#core/displacement/wire/displacement.ts";
import type { AssessedEdge, ZoneCounts } from "#core/displacement/zones.ts";
import { normalQuantile } from "#core/stats/normal.ts";
import type { PrePost } from "#core/stats/wdd.ts";

export interface Frame {
  readonly counts: ZoneCounts;
  readonly windows: AssessmentWindows;
  readonly slices: readonly MonthSlice[];
  /** From the first month looked at to the end, cut at the start. */
  readonly months: readonly MonthPart[];
  /** Whole months before the start. */
  readonly wholeMonths: readonly MonthPart[];
  readonly widen: ReturnType<typeof createWidening>;
  /** Why there is no cell to compare with, or null. */
  readonly noControl: string | null;
}

export interface Where {
  readonly name: string;
  readonly where: string;
  readonly oneSided: string | null;
  /** No cell of it lies where reports are counted. */
  readonly isNowhere: boolean;
}

export function singleRow(group: GroupCounts, frame: Frame, where: Where): AssessmentRow {
  const found = compare(group, frame, frame.widen(group));
  const [verdict = "cannot_tell"] = verdictsOf([found.comparison]);
  return finished(group, frame, { ...where, ...found, verdict, asked: 1 });
}

export function edgeRows(
  edges: readonly AssessedEdge[],
  oneSided: readonly (string | null)[],
  frame: Frame,
): EdgeRow[] {
  const sides = frame.counts.edges;
  const found = sides.map(({ inner, outer }, index) => {
    const group = addGroups(inner, outer);
    return { group, inner, outer, ...compare(group, frame, frame.widen(group, index)) };
  });
  const verdicts = verdictsOf(found.map(({ comparison }) => comparison));
  const asked = found.filter(({ comparison }) => comparison.p !== null).length;
  return found.map(({ group, inner, outer, ...compared }, index): EdgeRow => {
    const edge = edges[index] as AssessedEdge;
    const why = oneSided[index] ?? null;
    const row = finished(group, frame, {
      name: edge.neighbour,
      where: `Along the ${edge.isInternal ? `${edge.neighbour} boundary` : `boundary with ${edge.neighbour}`}`,
      ...compared,
      verdict: verdicts[index] ?? "cannot_tell",
      asked,
      oneSided: why,
      isNowhere: edge.inner.length + edge.outer.length === 0,
    });
    return {
      ...row,
      neighbour: edge.neighbour,
      inner: prePost(inner, frame),
      outer: why === null ? prePost(outer, frame) : null,
    };
  });
}

interface Compared {
  readonly comparison: Comparison;
  readonly widening: Widening;
  readonly fell: boolean;
}

function compare(group: GroupCounts, frame: Frame, widening: Widening): Compared {
  const [own, control] = [prePost(group, frame), prePost(frame.counts.control, frame)];
  const [plain] = verdictsOf([compareWithControl(own, control)]);
  const comparison = compareWithControl(own, control, widening);
  return { comparison, widening, fell: plain === "fall" };
}

function finished(
  group: GroupCounts,
  frame: Frame,
  row: Where & Compared & { readonly verdict: Verdict; readonly asked: number },
): AssessmentRow {
  const { windows, slices, months } = frame;
  const { control, timeline } = frame.counts;
  const { widening } = row;
  const { before, after } = windows;
  const running = runningFigures({
    treated: group,
    control,
    timeline,
    before,
    after,
    slices,
    widening,
  });
  return {
    ...row.comparison,
    neighbour: null,
    name: row.name,
    verdict: row.verdict,
    sentence: rowSentence({ ...row, unknown: whyUnknown(row, frame) }),
    oneSided: row.oneSided !== null,
    ...widening,
    fell: row.fell,
    changedFrom: firstMonthOfChange(running, row.verdict),
    running,
    series: monthFigures({
      treated: group,
      control,
      timeline,
      months,
      startsAt: after.startsAt,
      controlScale: row.comparison.controlScale,
      dispersion: widening.dispersion ?? 1,
    }),
  };
}

const z = normalQuantile(1 - assessmentAlpha / 2);

/**
 * Both series by month. The band is that of D_t = T_t - k C_t without any effect, with variance
 * phi (k + k^2) C_t as in the check of the control; the scale k is taken as known.
 */
function monthFigures(input: {
  readonly treated: GroupCounts;
  readonly control: GroupCounts;
  readonly timeline: Timeline;
  readonly months: readonly MonthPart[];
  readonly startsAt: number;
  readonly controlScale: number | null;
  readonly dispersion: number;
}): MonthFigure[] {
  const { timeline, controlScale: scale, dispersion } = input;
  return input.months.map((part) => {
    const { month, from, to, days } = part;
    const treated = countIn(input.treated, timeline, part);
    const control = countIn(input.control, timeline, part);
    const isAfter = part.startsAt >= input.startsAt;
    const figure = { month, from, to, days, isAfter, treated, control };
    // Without a report in the control there is no scatter to build a band from.
    if (scale === null || control === 0) {
      return { ...figure, expected: null, low: null, high: null };
    }
    const expected = scale * control;
    const reach = z * Math.sqrt(dispersion * (scale + scale ** 2) * control);
    return { ...figure, expected, low: Math.max(0, expected - reach), high: expected + reach };
  });
}

function whyUnknown({ isNowhere }: Where, { noControl }: Frame): string | null {
  return isNowhere ? "all its cells are counted elsewhere or lie outside the area" : noControl;
}

export function prePost(group: GroupCounts, { counts, windows }: Frame): PrePost {
  const { timeline } = counts;
  return [countIn(group, timeline, windows.before), countIn(group, timeline, windows.after)];
}
