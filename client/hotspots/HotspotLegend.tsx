import { shownToText } from "#client/api/keep-clear.ts";
import { FactorMark } from "#client/hotspots/FactorMark.tsx";
import { factorWords } from "#client/hotspots/factor-words.ts";
import { fillOpacity } from "#client/hotspots/fill-opacity.ts";
import { sizeWords } from "#client/hotspots/HotspotFilters.tsx";
import { nounOf } from "#client/hotspots/kind-words.ts";
import { daysIn } from "#client/hotspots/presets.ts";
import type { Ranked } from "#client/hotspots/ranked.ts";
import { HollowMark } from "#client/hotspots/SourceMark.tsx";
import { withinWords } from "#client/hotspots/study-words.ts";
import type { KeepClearShown } from "#client/hotspots/use-keep-clear.ts";
import type { Picture } from "#client/hotspots/use-picture.ts";
import { type HotspotsView, isWholeWeek, leadingSource } from "#client/hotspots/view.ts";
import { describeWeek } from "#client/hotspots/week-words.ts";
import {
  countColours,
  cssColour,
  type Palette,
  usePalette,
  withOpacity,
} from "#client/map/palette.ts";
import { formatDateRange } from "#client/ui/format.ts";
import { Hatch } from "#client/ui/Hatch.tsx";
import { Legend, type LegendEntry, OutlineSwatch, Swatch } from "#client/ui/Legend.tsx";
import { useMedia } from "#client/ui/use-media.ts";
import { leastDrawn } from "#core/hotspots/class-breaks.ts";
import { describeWeeks } from "#core/hotspots/sentence.ts";

export interface HotspotLegendProps {
  readonly view: HotspotsView;
  readonly picture: Picture;
  readonly ranked: Ranked | null;
  readonly keepClear: KeepClearShown;
}

/** Units, dates, study area and test: enough to read the picture without the page. */
export function HotspotLegend({ view, picture, ranked, keepClear }: HotspotLegendProps) {
  const isFolded = !useMedia("(min-width: 1024px), print");
  const palette = usePalette();
  const { study } = picture.lens;
  const noun = nounOf(view).many;
  const isReported = leadingSource(view) === "reported";
  const kind = ranked && ranked.test.method !== "exact" ? "Approximate" : "Exact";
  const entries: LegendEntry[] = [
    ...(isReported ? classEntries(picture.leading.breaks, palette, fillOpacity[view.measure]) : []),
    ...(picture.beside || !isReported
      ? [{ key: "hollow", swatch: <HollowMark />, label: "Found by police: larger is more" }]
      : []),
    {
      key: "hot",
      swatch: <OutlineSwatch colour="hot" />,
      label: "With those around, more than chance says",
    },
    ...keepClearEntries(keepClear),
    ...view.factors.map((kind) => ({
      key: kind,
      swatch: <FactorMark kind={kind} />,
      label: factorWords[kind].many,
    })),
  ];
  return (
    <Legend
      title={`${noun.charAt(0).toUpperCase()}${noun.slice(1)} per cell, ${sizeWords[view.resolution]} across`}
      entries={entries}
      isFolded={isFolded}
      notes={[
        formatDateRange(view.from, view.to),
        describeWeek(view.time),
        `${study.name}. ${kind} test of chance ${withinWords(view.area)}`,
        ...(isReported ? [`Colours stay the same for any ${describeLength(view)}`] : []),
      ]}
    />
  );
}

/** "0.5 to 3", "3 to 9" ... of lower bounds; a weight of half an event is the least that is drawn. */
export function classLabels(breaks: readonly number[]): readonly string[] {
  return breaks.map((bound, index) => {
    const next = breaks[index + 1];
    if (next === undefined) return `${bound} and more`;
    if (index === 0) return `${leastDrawn} to ${next}`;
    return `${bound} to ${next}`;
  });
}

/** "8 weeks", "8 weeks of these hours": what the classes are fixed for. */
function describeLength(view: HotspotsView): string {
  const length = describeWeeks(daysIn(view) / 7);
  return isWholeWeek(view.time) ? length : `${length} of these hours`;
}

/** The map's own colours and not the style sheet's: a dark map that is printed keeps its legend. */
function classEntries(breaks: readonly number[], palette: Palette, opacity: number): LegendEntry[] {
  const colours = countColours(palette).map((colour) => cssColour(withOpacity(colour, opacity)));
  return classLabels(breaks).map((label, index) => ({
    key: label,
    swatch: <Swatch colour={`count-${index + 1}`} css={colours[index] ?? ""} />,
    label,
  }));
}

function keepClearEntries(keepClear: KeepClearShown): LegendEntry[] {
  if (keepClear.status === "failed") {
    return [{ key: "clear", swatch: <Hatch />, label: "Keep clear: not loaded", screenOnly: true }];
  }
  if (keepClear.status !== "shown") return [];
  const label = `Keep clear: outreach and other protected time. ${shownToText(keepClear.until)}`;
  return [{ key: "clear", swatch: <Hatch />, label, screenOnly: true }];
}
