import { nounOf } from "#client/hotspots/count-words.ts";
import type { Picture } from "#client/hotspots/files/use-picture.ts";
import { maskOf } from "#client/hotspots/filters.ts";
import { type Finding, type Findings, findingsOf } from "#client/hotspots/findings.ts";
import type { MeasureAnswer } from "#client/hotspots/measure-ask.ts";
import { measureSentence } from "#client/hotspots/measure-sentence.ts";
import { daysIn } from "#client/hotspots/presets.ts";
import { shownView } from "#client/hotspots/shown-view.ts";
import type { HotspotsView, Measure } from "#client/hotspots/view.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { type Measure as CoreMeasure, type Hotspot, rankHotspots } from "#core/hotspots/rank.ts";
import { describeHotspots } from "#core/hotspots/sentence.ts";
import type { CellTest } from "#core/hotspots/test-cells.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { withTypes } from "#core/records/types.ts";

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

interface OrderInput {
  readonly study: StudySet;
  readonly findings: Findings | null;
  readonly answer: MeasureAnswer | null;
}

/** By what the measure found, then by its size; rows of equal standing keep their order. */
function orderRows(
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

/** Sentence, outlines and table of one tested picture: they can only change together. */
export interface Ranked {
  readonly rows: readonly Hotspot[];
  readonly hotCells: readonly H3Cell[];
  readonly sentence: string;
  readonly test: CellTest;
  readonly picture: Picture;
  /** The measure that it was made for. */
  readonly measure: Measure;
  /** What the measure found; null where counts are the picture. */
  readonly answer: MeasureAnswer | null;
  readonly findings: Findings | null;
}

export interface RankedInput {
  readonly view: HotspotsView;
  readonly picture: Picture;
  readonly test: CellTest;
  readonly answer?: MeasureAnswer | null;
  readonly nameOf: (cell: H3Cell) => string;
}

const coreMeasures: Readonly<Record<Measure, CoreMeasure>> = {
  count: "count",
  hot: "gi",
  change: "change",
  emerging: "emerging",
  effort: "count",
};

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
    measure: coreMeasures[shownView(view, picture.aside).measure],
    changes: answer?.measure === "change" ? answer.changes : undefined,
    emerging: answer?.measure === "emerging" ? answer.categories : undefined,
    isListed: answer?.measure === "effort" ? (index) => answer.efforts[index] !== null : undefined,
  });
  return {
    rows: orderRows(rows, { study, findings, answer }),
    hotCells: study.cells.filter((_, index) => test.hot[index] === 1),
    sentence: withTypes(
      measureSentence({ view, picture, answer, findings }) ??
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
