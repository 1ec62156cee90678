import { maskOf } from "#client/hotspots/filters.ts";
import { nounOf } from "#client/hotspots/kind-words.ts";
import { daysIn } from "#client/hotspots/presets.ts";
import type { Picture } from "#client/hotspots/use-picture.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { type Hotspot, rankHotspots } from "#core/hotspots/rank.ts";
import { describeHotspots } from "#core/hotspots/sentence.ts";
import type { CellTest } from "#core/hotspots/test-cells.ts";

/** Sentence, outlines and table of one tested picture: they can only change together. */
export interface Ranked {
  readonly rows: readonly Hotspot[];
  readonly hotCells: readonly H3Cell[];
  readonly sentence: string;
  readonly test: CellTest;
  readonly picture: Picture;
}

export interface RankedInput {
  readonly view: HotspotsView;
  readonly picture: Picture;
  readonly test: CellTest;
  readonly nameOf: (cell: H3Cell) => string;
}

export function rankPicture({ view, picture, test, nameOf }: RankedInput): Ranked {
  const { study } = picture.lens;
  const { summary } = picture.leading;
  const weeks = daysIn(view) / 7;
  const rows = rankHotspots({
    study,
    summary,
    test,
    weeks,
    nameOf,
    measure: view.measure === "hot" ? "gi" : "count",
  });
  return {
    rows,
    hotCells: study.cells.filter((_, index) => test.hot[index] === 1),
    sentence: describeHotspots({
      total: summary.total,
      weeks,
      hotCells: test.hotCells,
      clock: summary.clock,
      hours: maskOf(view.time),
      noun: nounOf(view),
    }),
    test,
    picture,
  };
}
