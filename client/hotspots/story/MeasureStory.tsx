import { FindingMark } from "#client/hotspots/FindingMark.tsx";
import { lookOf } from "#client/hotspots/finding-look.ts";
import type { Ranked } from "#client/hotspots/ranked.ts";
import { storyWords } from "#client/hotspots/story/measure-story-words.ts";
import { type HotspotsView, isOnScreenAlone, leadingSource } from "#client/hotspots/view.ts";
import { usePalette } from "#client/map/palette.ts";
import type { H3Cell } from "#core/geo/cell.ts";

export interface MeasureStoryProps {
  readonly view: HotspotsView;
  readonly cell: H3Cell;
  readonly ranked: Ranked;
}

/** What the measure says of one place: plain words first, then the figures behind them. */
export function MeasureStory({ view, cell, ranked }: MeasureStoryProps) {
  const palette = usePalette();
  const at = ranked.picture.lens.study.indexOf.get(cell);
  if (at === undefined) return null;
  const look = lookOf(ranked.measure, ranked.findings?.[at] ?? null);
  const words = storyWords(view, ranked, at);
  if (!look || !words) return null;
  const isHollow = leadingSource(view) === "discovered";
  return (
    <p className={isOnScreenAlone(view) ? "no-print" : undefined}>
      <FindingMark look={look} palette={palette} isHollow={isHollow} />{" "}
      <strong>{look.word}.</strong> {words}
    </p>
  );
}
