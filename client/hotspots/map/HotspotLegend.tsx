import { sizeWords } from "#client/hotspots/choices/HotspotFilters.tsx";
import type { KeepClearShown } from "#client/hotspots/choices/KeepClear.tsx";
import { FactorMark, factorWords } from "#client/hotspots/factors/FactorMark.tsx";
import { measureOf } from "#client/hotspots/measures/list.ts";
import { FindingMark, HollowMark } from "#client/hotspots/measures/Marks.tsx";
import { faultOf, isAnswerable } from "#client/hotspots/measures/measure.ts";
import { isSurface, type SurfaceAside, surfaceOpacity } from "#client/hotspots/measures/surface.ts";
import { type HotspotsParts, useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import { shownView } from "#client/hotspots/ranked/ranked.ts";
import {
  drawsSurface,
  type HotspotsView,
  isOnScreenAlone,
  isWholeWeek,
  leadingSource,
  showsHot,
  standsSideBySide,
} from "#client/hotspots/state/view.ts";
import { countedWords, describeWeek, nounOf, sourceLine } from "#client/hotspots/state/words.ts";
import {
  countColours,
  cssColour,
  type Palette,
  usePalette,
  withOpacity,
} from "#client/map/palette.ts";
import { shownToText } from "#client/protected-time/keep-clear.ts";
import { capitalised } from "#client/ui/format.ts";
import { Hatch } from "#client/ui/Hatch.tsx";
import { Legend, type LegendEntry, OutlineSwatch, Swatch } from "#client/ui/Legend.tsx";
import { useMedia } from "#client/ui/use-media.ts";
import { leastDrawn } from "#core/hotspots/class-breaks.ts";
import { fewestAround } from "#core/hotspots/emerging-group.ts";
import { describeWeeks } from "#core/hotspots/sentence.ts";
import { describeTest } from "#core/hotspots/test-cells.ts";
import { typesNote } from "#core/records/types.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDateRange } from "#core/time/words.ts";
import { daysIn } from "#core/time/zone.ts";

export interface HotspotLegendProps {
  /** Opacity of the fills on the map. */
  readonly fillStrength: number;
  readonly keepClear: KeepClearShown;
}

/** Units, dates, study area, source, test and correction: enough to read the picture without the page. */
export function HotspotLegend({ fillStrength, keepClear }: HotspotLegendProps) {
  const { view: asked, picture } = useHotspotsParts();
  const view = shownView(asked, picture.aside);
  const isPaper = useMedia("print");
  const palette = usePalette();
  const entries: LegendEntry[] = [
    ...pictureEntries({ view, fillStrength, picture, palette }),
    ...(showsHot(view) && !picture.kinds
      ? [
          {
            key: "hot",
            swatch: <OutlineSwatch colour="hot" />,
            label: "Hotspot (with neighbouring cells)",
            short: "Hotspot",
          },
        ]
      : []),
    ...keepClearEntries(keepClear),
    ...view.factors.map((kind) => ({
      key: kind,
      swatch: <FactorMark kind={kind} />,
      label: factorWords[kind].many,
    })),
  ];
  return (
    <Legend
      title={<LegendTitle view={view} />}
      entries={entries}
      isOpen={isPaper}
      notes={legendNotes({ view: asked, picture })}
      test={
        showsHot(view)
          ? `${capitalised(describeTest(picture.leading.summary.total, picture.lens.study))}.`
          : null
      }
    />
  );
}

/** Paper and files show cells for the surface, and counts for rates. */
function LegendTitle({ view }: { readonly view: HotspotsView }) {
  const size = sizeWords[view.resolution];
  const onPaper = countTitle(view, size);
  const onScreen = screenTitle(view, size);
  if (onScreen === onPaper || !isOnScreenAlone(view)) return <>{onScreen}</>;
  return (
    <>
      <span className="no-print">{onScreen}</span>
      <span className="print-only">{onPaper}</span>
    </>
  );
}

function screenTitle(view: HotspotsView, size: string): string {
  const { title } = measureOf(drawsSurface(view) ? "surface" : view.measure);
  if (!title || standsSideBySide(view)) return countTitle(view, size);
  return title(nounOf(view), size);
}

interface EntriesInput extends LegendWords, Pick<HotspotLegendProps, "fillStrength"> {
  readonly palette: Palette;
}

function pictureEntries(input: EntriesInput): LegendEntry[] {
  const { view, fillStrength, picture, palette } = input;
  const hollow: LegendEntry = {
    key: "hollow",
    swatch: <HollowMark />,
    label: "Recorded by police: larger is more",
  };
  const beside = picture.beside ? [hollow] : [];
  const { isOfFinds, looks, opacity } = measureOf(view.measure);
  if (isOfFinds) {
    return [...findingEntries(input, true), { ...hollow, paperOnly: true }];
  }
  if (looks.length > 0 && !standsSideBySide(view)) {
    return [...findingEntries(input, false), ...beside];
  }
  if (leadingSource(view) === "discovered") return [hollow];
  const classes = classEntries(picture.leading.breaks, palette, opacity * fillStrength);
  if (!drawsSurface(view)) return [...classes, ...beside];
  return [
    ...surfaceEntries(input),
    ...classes.map((entry) => ({ ...entry, paperOnly: true })),
    ...beside,
  ];
}

function findingEntries({ view, palette }: EntriesInput, screenOnly: boolean): LegendEntry[] {
  const isHollow = leadingSource(view) === "discovered";
  return measureOf(view.measure).looks.map((look) => ({
    key: look.finding,
    swatch: <FindingMark look={look} palette={palette} isHollow={isHollow} />,
    label: look.label,
    screenOnly,
  }));
}

function surfaceEntries({ picture, palette, fillStrength }: EntriesInput): LegendEntry[] {
  const { aside } = picture;
  const opacity = surfaceOpacity * fillStrength;
  if (!isSurface(aside)) return [];
  const colours = countColours(palette);
  return (aside as SurfaceAside).breaks.map((bound, index, all) => ({
    key: `surface ${bound}`,
    swatch: (
      <Swatch
        colour={`count-${index + 1}`}
        css={cssColour(withOpacity(colours[index] ?? palette.ink, opacity))}
      />
    ),
    label: index === all.length - 1 ? `${formatCount(bound)} and more` : formatCount(bound),
    screenOnly: true,
    ...endWords(index, all),
  }));
}

/** "0.5 to 3", "3 to 9"; half an event is the least that is drawn. */
export function classLabels(breaks: readonly number[]): readonly string[] {
  return breaks.map((bound, index) => {
    const next = breaks[index + 1];
    if (next === undefined) return `${bound} and more`;
    if (index === 0) return `${leastDrawn} to ${next}`;
    return `${bound} to ${next}`;
  });
}

export function endWords(index: number, breaks: readonly number[]): Pick<LegendEntry, "short"> {
  if (index < breaks.length - 1) return {};
  return { short: `${formatCount(breaks[index] ?? 0)}+` };
}

/** In the map's own colours: a dark map that is printed keeps its legend. */
function classEntries(breaks: readonly number[], palette: Palette, opacity: number): LegendEntry[] {
  const colours = countColours(palette).map((colour) => cssColour(withOpacity(colour, opacity)));
  return classLabels(breaks).map((label, index) => ({
    key: label,
    swatch: <Swatch colour={`count-${index + 1}`} css={colours[index] ?? ""} />,
    label,
    ...endWords(index, breaks),
  }));
}

export function keepClearEntries(keepClear: KeepClearShown): LegendEntry[] {
  if (keepClear.status !== "failed" && keepClear.status !== "shown") return [];
  const label =
    keepClear.status === "failed"
      ? "Keep clear: not loaded"
      : `Keep clear: outreach and other protected time, ${shownToText(keepClear.until)}`;
  return [{ key: "clear", swatch: <Hatch />, label, short: "Keep clear", screenOnly: true }];
}

type LegendWords = Pick<HotspotsParts, "view" | "picture">;

function legendNotes(words: LegendWords): readonly string[] {
  const { view, picture } = words;
  const types = typesNote(picture.types ?? []);
  return [
    formatDateRange(view.from, view.to),
    ...asideNotes(words),
    describeWeek(view.time),
    `${picture.lens.study.name}. ${sourceLine(view)}`,
    ...(types === null ? [] : [types]),
    ...testNotes(words),
    ...fewNotes(words),
    ...scaleNotes(view),
  ];
}

function asideNotes({ view, picture: { aside } }: LegendWords): readonly string[] {
  if (!isAnswerable(aside)) return [];
  return measureOf(aside.measure).notes?.(aside, countedWords(view)) ?? [];
}

function testNotes({ view, picture }: LegendWords): readonly string[] {
  const { aside } = picture;
  const fault = faultOf(aside);
  if (fault !== null) return [fault];
  const { id, test } = measureOf(view.measure);
  // Its outlines are of both kinds together, and on no map of one.
  if (!test || picture.kinds) return [];
  return [test(isAnswerable(aside) && aside.measure === id ? aside : null)];
}

function fewNotes({ view, picture }: LegendWords): readonly string[] {
  const { total } = picture.leading.summary;
  if (!showsHot(view) || total === 0 || total >= fewestAround) return [];
  return [`Fewer than ${fewestAround}: not enough reports to tell which places are hotspots`];
}

function scaleNotes(view: HotspotsView): readonly string[] {
  if (!showsHot(view) || leadingSource(view) !== "reported") return [];
  return [`Same scale for every period of ${describeLength(view)}`];
}

/** "8 weeks", "8 weeks of these hours": what the classes are fixed for. */
function describeLength(view: HotspotsView): string {
  const length = describeWeeks(daysIn(view) / 7);
  return isWholeWeek(view.time) ? length : `${length} of these hours`;
}

/** "Reports per cell", "Change in complaints per cell". */
function countTitle(view: HotspotsView, size: string): string {
  return `${capitalised(nounOf(view).many)} per cell, ${size} across`;
}
