import { assessmentAlpha, compareWithControl, verdictsOf } from "#core/displacement/compare.ts";
import { rowSentence } from "#core/displacement/sentence.ts";
import {
  addGroups,
  countIn,
  type GroupCounts,
  type MonthPart,
} from "#core/displacement/timeline.ts";
import { type TippedPlace, tipsOf, verdictWith } from "#core/displacement/tipping.ts";
import type { createWidening } from "#core/displacement/widening.ts";
import type { AssessmentWindows } from "#core/displacement/windows.ts";
import type {
  AssessmentRow,
  Comparison,
  EdgeRow,
  MonthFigure,
  RiseEvidence,
  RunningFigure,
  Verdict,
  Widening,
} from "#core/displacement/wire/displacement.ts";
import type { AssessedEdge, ZoneCounts } from "#core/displacement/zones.ts";
import { normalQuantile } from "#core/stats/normal.ts";
import type { PrePost } from "#core/stats/wdd.ts";

export interface Frame {
  readonly counts: ZoneCounts;
  readonly windows: AssessmentWindows;
  /** The period after, cut at month ends. */
  readonly slices: readonly MonthPart[];
  /** From the first month looked at to the end, cut at the start. */
  readonly months: readonly MonthPart[];
  /** Whole months before the start. */
  readonly wholeMonths: readonly MonthPart[];
  readonly widen: ReturnType<typeof createWidening>;
  /** Why there is no cell to compare with, or null. */
  readonly noControl: string | null;
}

export interface Place {
  readonly name: string;
  /** Begins the sentence, and within that of a phase. */
  readonly where: string;
  readonly inPhase: string;
  readonly oneSided: string | null;
  /** No cell of it lies where reports are counted. */
  readonly isNowhere: boolean;
  readonly group: GroupCounts;
}

export interface EdgePlace extends Place {
  readonly neighbour: string;
  readonly edge: number;
  readonly inner: GroupCounts;
  readonly outer: GroupCounts;
}

export function edgePlaces(
  edges: readonly AssessedEdge[],
  oneSided: readonly (string | null)[],
  { counts }: Pick<Frame, "counts">,
): EdgePlace[] {
  return edges.map(({ neighbour, isInternal, ...cells }, edge) => {
    const sides = counts.edges[edge] as ZoneCounts["edges"][number];
    const line = `the ${isInternal ? `${neighbour} boundary` : `boundary with ${neighbour}`}`;
    return {
      name: neighbour,
      neighbour,
      edge,
      where: `Along ${line}`,
      inPhase: `along ${line}`,
      oneSided: oneSided[edge] ?? null,
      isNowhere: cells.inner.length + cells.outer.length === 0,
      group: addGroups(sides.inner, sides.outer),
      ...sides,
    };
  });
}

export function singleRow(place: Place, frame: Frame): AssessmentRow {
  const found = compare(place, frame, frame.widen(place.group));
  const [verdict = "cannot_tell"] = verdictsOf([found.comparison]);
  return finished(place, frame, { ...found, verdict, asked: 1, beside: [] });
}

export function edgeRows(
  places: readonly EdgePlace[],
  frame: Frame,
  evidence: readonly (RiseEvidence | null)[],
): EdgeRow[] {
  const found = places.map((place) => compare(place, frame, frame.widen(place.group, place.edge)));
  const verdicts = verdictsOf(found.map(({ comparison }) => comparison));
  const asked = found.filter(({ comparison }) => comparison.p !== null).length;
  return places.map((place, index): EdgeRow => {
    const compared = found[index] as Compared;
    const verdict = verdicts[index] ?? "cannot_tell";
    const beside = found.filter((_, at) => at !== index).map(({ comparison }) => comparison);
    const ownSide = { ...compared.comparison, treated: prePost(place.inner, frame) };
    return {
      ...finished(place, frame, { ...compared, verdict, asked, beside }),
      ...sidesOf(place, frame),
      restsBeyond:
        verdict === "rise" &&
        place.oneSided === null &&
        verdictWith({ ...ownSide, widening: compared.widening, beside }, "after", 0) !== "rise",
      evidence: evidence[index] ?? null,
    };
  });
}

export function sidesOf({ neighbour, inner, outer, oneSided }: EdgePlace, frame: Counted) {
  return {
    neighbour,
    inner: prePost(inner, frame),
    outer: oneSided === null ? prePost(outer, frame) : null,
  };
}

export interface Compared {
  readonly comparison: Comparison;
  readonly widening: Widening;
  readonly fell: boolean;
}

export function compare({ group }: Place, frame: Counted, widening: Widening): Compared {
  const [own, control] = [prePost(group, frame), prePost(frame.counts.control, frame)];
  const [plain] = verdictsOf([compareWithControl(own, control)]);
  const comparison = compareWithControl(own, control, widening);
  return { comparison, widening, fell: plain === "fall" };
}

function finished(
  place: Place,
  frame: Frame,
  row: Compared &
    Pick<TippedPlace, "beside"> & { readonly verdict: Verdict; readonly asked: number },
): AssessmentRow {
  const { group, name, where, oneSided } = place;
  const { widening } = row;
  const running = runningFigures(group, frame, widening);
  return {
    ...row.comparison,
    neighbour: null,
    name,
    verdict: row.verdict,
    sentence: rowSentence({ ...row, where, oneSided, unknown: whyUnknown(place, frame) }),
    oneSided: oneSided !== null,
    ...widening,
    fell: row.fell,
    changedFrom: firstMonthOfChange(running, row.verdict),
    tips: tipsOf({ ...row.comparison, widening, beside: row.beside }),
    running,
    series: monthFigures(group, frame, row),
  };
}

/**
 * From the start to the end of each month, against as many days of the period before: the running
 * WDD (Wheeler and Ratcliffe 2018, with a control) with months of their own lengths.
 */
function runningFigures(
  group: GroupCounts,
  { counts, windows, slices }: Frame,
  widening: Widening,
): RunningFigure[] {
  return slices.map(({ month, to, endsAt }) => {
    const upTo = { counts, windows: { ...windows, after: { ...windows.after, endsAt } } };
    const [own, control] = [prePost(group, upTo), prePost(counts.control, upTo)];
    const { wdd, low, high, p } = compareWithControl(own, control, widening);
    return { month, to, wdd, low, high, canTell: p !== null };
  });
}

/**
 * First month from which the running band stays on the answer's side of zero; null without a rise
 * or a fall. A sum shows a change later than it began, so this is the month by which it shows, not
 * a separate test.
 */
export function firstMonthOfChange(
  running: readonly RunningFigure[],
  verdict: Verdict,
): string | null {
  if (verdict !== "rise" && verdict !== "fall") return null;
  const isAway = ({ low, high, canTell }: RunningFigure) =>
    canTell && (verdict === "rise" ? (low ?? 0) > 0 : (high ?? 0) < 0);
  const lastInside = running.findLastIndex((figure) => !isAway(figure));
  return running[lastInside + 1]?.month ?? null;
}

const z = normalQuantile(1 - assessmentAlpha / 2);

/**
 * Both series by month. The band is that of D_t = T_t - k C_t without any effect, with variance
 * phi (k + k^2) C_t as in the check of the control; the scale k is taken as known.
 */
function monthFigures(
  group: GroupCounts,
  { counts, windows, months }: Frame,
  { comparison: { controlScale: scale }, widening }: Compared,
): MonthFigure[] {
  const dispersion = widening.dispersion ?? 1;
  return months.map((part) => {
    const { month, from, to, days } = part;
    const treated = countIn(group, counts.timeline, part);
    const control = countIn(counts.control, counts.timeline, part);
    const isAfter = part.startsAt >= windows.after.startsAt;
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

export function whyUnknown(
  { isNowhere }: Place,
  { noControl }: Pick<Frame, "noControl">,
): string | null {
  return isNowhere ? "all its cells are counted elsewhere or lie outside the area" : noControl;
}

type Counted = Pick<Frame, "counts" | "windows">;

export function prePost(group: GroupCounts, { counts, windows }: Counted): PrePost {
  const { timeline } = counts;
  return [countIn(group, timeline, windows.before), countIn(group, timeline, windows.after)];
}
