import {
  countFindings,
  findingsOf,
  type Measure,
  measureOf,
} from "#client/hotspots/measures/list.ts";
import {
  type Answer,
  type Aside,
  type Findings,
  faultOf,
  isAnswerable,
  type Unanswerable,
} from "#client/hotspots/measures/measure.ts";
import type { Picture } from "#client/hotspots/ranked/use-picture.ts";
import { maskOf } from "#client/hotspots/state/filters.ts";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import { nounOf } from "#client/hotspots/state/words.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { byWeight, type Hotspot, rankHotspots } from "#core/hotspots/rank.ts";
import { describeHotspots } from "#core/hotspots/sentence.ts";
import type { CellTest } from "#core/hotspots/test-cells.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { withTypes } from "#core/records/types.ts";
import { daysIn } from "#core/time/zone.ts";

export interface RankedInput {
  readonly view: HotspotsView;
  readonly picture: Picture;
  readonly test: CellTest;
  readonly answer?: Answer | null;
  readonly nameOf: (cell: H3Cell) => string;
}

export function rankPicture({ view, picture, test, answer = null, nameOf }: RankedInput): Ranked {
  const { study } = picture.lens;
  const { summary } = picture.leading;
  const weeks = daysIn(view) / 7;
  const findings = findingsOf(answer);
  const rows = rankHotspots({
    study,
    summary,
    test,
    weeks,
    nameOf,
    measure: measureOf(shownView(view, picture.aside).measure).rank,
    ...(answer && measureOf(answer.measure).ranking?.(answer)),
  });
  return {
    rows: orderRows(rows, { study, findings, answer }),
    hotCells: study.cells.filter((_, index) => test.hot[index] === 1),
    sentence: withTypes(
      measuredSentence({ view, picture, answer, findings }) ??
        describeHotspots({
          total: summary.total,
          weeks,
          hotCells: test.hotCells,
          clock: summary.clock,
          hours: maskOf(view.time),
          noun: nounOf(view),
        }),
      picture.types ?? [],
    ),
    test,
    picture,
    measure: view.measure,
    answer,
    findings,
  };
}

/** Sentence, outlines and table of one tested picture: they can only change together. */
export interface Ranked {
  readonly rows: readonly Hotspot[];
  readonly hotCells: readonly H3Cell[];
  readonly sentence: string;
  readonly test: CellTest;
  readonly picture: Picture;
  readonly measure: Measure;
  /** Null where counts are the picture. */
  readonly answer: Answer | null;
  readonly findings: Findings | null;
}

/** Falls back to counts where the measure cannot be answered, never to an empty map. */
export function shownView(
  view: HotspotsView,
  aside: Aside | Unanswerable | null | undefined,
): HotspotsView {
  if (aside?.measure !== "none") return view;
  return { ...view, measure: "count", isSurface: false };
}

/**
 * Rows for a file or print. Under Patrol time they are those with counts, in count order: the order
 * of rates, or places listed only for their patrols, would reveal dose by place (SAFEGUARDS 6).
 */
export function leavingRows({
  rows,
  measure,
}: Pick<Ranked, "rows" | "measure">): readonly Hotspot[] {
  if (!measureOf(measure).isOfFinds) return rows;
  return rows.filter(({ count, weight, hot }) => count > 0 || weight > 0 || hot).toSorted(byWeight);
}

interface OrderInput {
  readonly study: StudySet;
  readonly findings: Findings | null;
  readonly answer: Answer | null;
}

/** By finding, then by size; a stable sort. */
function orderRows(
  rows: readonly Hotspot[],
  { study, findings, answer }: OrderInput,
): readonly Hotspot[] {
  if (!findings) return rows;
  const at = (row: Hotspot) => study.indexOf.get(row.cell) ?? -1;
  const { looks, first, size: sizeOf } = measureOf(answer?.measure ?? "count");
  const order = first ?? looks.map(({ finding }) => finding);
  const standing = (row: Hotspot) => {
    const finding = findings[at(row)];
    return finding ? order.indexOf(finding) : order.length;
  };
  const size = (row: Hotspot) => (answer && sizeOf?.(answer, row, at(row))) ?? 0;
  return [...rows].sort((a, b) => standing(a) - standing(b) || size(b) - size(a));
}

/** Null where the sentence of counts and hot places applies. */
function measuredSentence({
  view,
  picture,
  answer,
  findings,
}: Pick<Ranked, "picture" | "answer" | "findings"> & { readonly view: HotspotsView }):
  | string
  | null {
  const { aside } = picture;
  if (!isAnswerable(aside) || answer?.measure !== aside.measure) return faultOf(aside);
  const told = {
    total: picture.leading.summary.total,
    weeks: daysIn(view) / 7,
    noun: nounOf(view),
    counts: countFindings(findings ?? []),
  };
  return measureOf(answer.measure).sentence?.(told, aside, answer) ?? null;
}
