import { nounOf } from "#client/hotspots/count-words.ts";
import type { Picture } from "#client/hotspots/files/use-picture.ts";
import { maskOf } from "#client/hotspots/filters.ts";
import { type Findings, findingsOf } from "#client/hotspots/findings.ts";
import type { MeasureAnswer } from "#client/hotspots/measure-ask.ts";
import { measureSentence } from "#client/hotspots/measure-sentence.ts";
import { orderRows } from "#client/hotspots/order-rows.ts";
import { daysIn } from "#client/hotspots/presets.ts";
import { shownView } from "#client/hotspots/shown-view.ts";
import type { HotspotsView, Measure } from "#client/hotspots/view.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { type Measure as CoreMeasure, type Hotspot, rankHotspots } from "#core/hotspots/rank.ts";
import { describeHotspots } from "#core/hotspots/sentence.ts";
import type { CellTest } from "#core/hotspots/test-cells.ts";
import { withTypes } from "#core/records/types.ts";

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
