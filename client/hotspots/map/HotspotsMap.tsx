import type { Layer } from "@deck.gl/core";
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import type { KeepClearShown } from "#client/hotspots/choices/KeepClear.tsx";
import { HotspotLegend } from "#client/hotspots/map/HotspotLegend.tsx";
import { countFill, hollowHexagons } from "#client/hotspots/map/hexagons.ts";
import { StreetLegend } from "#client/hotspots/map/StreetLegend.tsx";
import { useHotspotsPicture } from "#client/hotspots/map/use-hotspots-picture.ts";
import { type LayersInput, useLayers, useMarkedLayers } from "#client/hotspots/map/use-layers.ts";
import { useStreetsOnMap } from "#client/hotspots/map/use-streets-on-map.ts";
import { comparedOf } from "#client/hotspots/measures/list.ts";
import type { Compared } from "#client/hotspots/measures/measure.ts";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import { itemClasses } from "#client/hotspots/ranked/lens.ts";
import type { KindLayer } from "#client/hotspots/ranked/use-picture.ts";
import { coveredBySheet } from "#client/hotspots/state/near-cell.ts";
import {
  isWholeWeek,
  leadingSource,
  standsSideBySide,
  wholeCommand,
} from "#client/hotspots/state/view.ts";
import { isToldApart, nounOf } from "#client/hotspots/state/words.ts";
import type { StreetsShown } from "#client/hotspots/streets/streets-shown.ts";
import { type BesideMap, MapView } from "#client/map/MapView.tsx";
import type { MapGround } from "#client/map/map-adapter.ts";
import { usePalette } from "#client/map/palette.ts";
import { type Bounds, boundsOf, commandBounds } from "#client/map/place-features.ts";
import { fillStrength } from "#client/map/style.ts";
import { createStore, type Store } from "#client/state/store.ts";
import { useStore } from "#client/state/use-store.ts";
import { formatDecimal } from "#client/ui/format.ts";
import { cellAt, cellCentre, cellRing, type H3Cell, type Position } from "#core/geo/cell.ts";
import type { HotspotSummary } from "#core/hotspots/counts.ts";
import { isDrawn } from "#core/places/drawn-area.ts";
import type { LayerFeaturesReply } from "#core/places/wire/layers.ts";
import { kinds } from "#core/records/kinds.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatDateRange } from "#core/time/words.ts";

export interface HotspotsMapProps {
  readonly keepClear: KeepClearShown;
  readonly features: LayerFeaturesReply;
  readonly hovered: Store<H3Cell | null>;
  readonly onSelect: (cell: H3Cell) => void;
  readonly sketch: ((ground: MapGround) => ReactNode) | null;
  readonly fallback: ReactNode;
  readonly onFallback: (isShown: boolean) => void;
  readonly pictured: Store<boolean>;
  readonly streets: StreetsShown;
}

const noCells: readonly H3Cell[] = [];
/** From here on a stretch of a hundred metres is more than a dot. */
const stretchZoom = 14.5;

export function HotspotsMap(props: HotspotsMapProps) {
  const { view, places, picture, ranked, store } = useHotspotsParts();
  const { keepClear, hovered, onSelect } = props;
  const hoveredCell = useStore(hovered, (cell) => cell);
  const palette = usePalette();
  const { resolution } = view;
  const { features } = props;
  const byStreet = useStreetsOnMap(view, props.streets, palette);
  const layers = useLayers({
    view,
    picture,
    ranked,
    features,
    palette,
    hovered: hoveredCell,
    streets: byStreet.layers,
  });
  const other = useOtherMap({ view, picture, hovered: hoveredCell, palette });
  const [beside] = useState(() => createStore<BesideMap | null>(null));
  const { attribution } = byStreet;
  const sources = useMemo(
    () => [
      ...features.licences
        .filter(({ kind }) => view.factors.includes(kind))
        .map(({ line }) => line),
      ...(attribution === null ? [] : [attribution]),
    ],
    [features, view.factors, attribution],
  );
  const { indexOf } = picture.lens.study;
  const cellUnder = useCallback(
    (at: Position | null) => {
      const cell = at && cellAt(at, resolution);
      return cell && indexOf.has(cell) ? cell : null;
    },
    [resolution, indexOf],
  );
  const { lens } = picture;
  const home = useMemo(
    () =>
      view.area === wholeCommand
        ? lens.home
        : (commandBounds(places, view.area) ?? boundsOf(lens.study.cells.flatMap(cellRing))),
    [view.area, lens, places],
  );
  const frame = useFrame(view.area, home);
  const chosenCell = useMemo(() => (view.cell ? cellCentre(view.cell) : null), [view.cell]);
  const isByStreet = view.by === "street";
  const subject = useHotspotsPicture(view, ranked, isByStreet ? byStreet.reply : null);
  const legend = isByStreet ? (
    <StreetLegend reply={byStreet.reply} keepClear={keepClear} />
  ) : (
    <HotspotLegend fillStrength={fillStrength(places)} keepClear={keepClear} />
  );
  const shared = {
    places,
    sources,
    home: home ?? undefined,
    coveredPx: coveredBySheet,
    beside,
    keepClear: keepClear.status === "shown" ? keepClear.cells : noCells,
    onHover: (at: Position | null) =>
      isByStreet ? byStreet.onHover(at) : hovered.set(() => cellUnder(at)),
    onClick: (at: Position) => {
      if (isByStreet) return byStreet.onClick(at);
      const cell = cellUnder(at);
      if (cell) onSelect(cell);
      return undefined;
    },
  };
  return (
    <div className="map-pair grid tall">
      {other ? (
        <MapView
          {...shared}
          key="other"
          isBeside
          layers={other.layers}
          legend={legend}
          count={
            <div className="filtered-count rounded shadow pad-2-3 raised small">
              <p className="map-caption medium">{other.words}</p>
            </div>
          }
          fallback={null}
        />
      ) : null}
      <MapView
        {...shared}
        key="now"
        layers={layers}
        camera={view.camera ?? undefined}
        focus={isByStreet ? byStreet.focus : chosenCell}
        focusZoom={isByStreet ? stretchZoom : undefined}
        frame={frame}
        onMoved={(camera) => store.look({ camera })}
        onFallback={props.onFallback}
        sketch={props.sketch}
        picture={{ subject, isOpen: props.pictured }}
        legend={other ? null : legend}
        count={<FilteredCount title={other?.thisWords ?? null} hovered={hoveredCell} />}
        fallback={props.fallback}
      />
    </div>
  );
}

interface OtherMap {
  readonly layers: readonly Layer[];
  readonly words: string;
  /** Of the map that it is beside. */
  readonly thisWords: string;
}

/**
 * The map on the left where two stand side by side, in the classes of the one on the right: the
 * period before, its counts scaled to this period's length so that equal colours are equal rates,
 * or the first of two kinds.
 */
function useOtherMap(
  input: Pick<LayersInput, "view" | "picture" | "hovered" | "palette">,
): OtherMap | null {
  const { view, picture, palette } = input;
  const { lens, leading, aside, kinds: pair } = picture;
  const marked = useMarkedLayers(input.hovered, view.cell, palette);
  const compared = standsSideBySide(view) ? comparedOf(aside) : null;
  const isReported = leadingSource(view) === "reported";
  const counts = useMemo(() => {
    const classes = pair
      ? pair[0].classes
      : compared && itemClasses(lens, atRateOfNow(compared), leading.breaks);
    if (!classes) return null;
    return isReported
      ? countFill({ id: "other", lens, classes, measure: view.measure, palette })
      : hollowHexagons({ id: "other", lens, layer: { classes }, colour: palette.ink });
  }, [pair, compared, isReported, lens, leading.breaks, view.measure, palette]);
  return useMemo(() => {
    if (!counts) return null;
    const layers = [counts, ...marked];
    if (pair) return { layers, words: kindWords(pair[0]), thisWords: kindWords(pair[1]) };
    if (!compared) return null;
    return {
      layers,
      words: `Before: ${formatDateRange(compared.range.from, compared.range.to)}`,
      thisWords: `Now: ${formatDateRange(view.from, view.to)}`,
    };
  }, [counts, pair, compared, marked, view.from, view.to]);
}

function atRateOfNow({ summary, lengths: [before, now] }: Compared): HotspotSummary {
  return { ...summary, weights: summary.weights.map((weight) => (weight * now) / before) };
}

function kindWords({ kind, summary }: KindLayer): string {
  return `${kinds[kind].label}: ${formatCount(summary.total)}`;
}

/** A chosen area fills the map; one in a link keeps the link's view. */
function useFrame(area: string, home: Bounds | null): Bounds | undefined {
  const last = useRef<{ readonly area: string; readonly frame: Bounds | undefined }>({
    area,
    frame: undefined,
  });
  if (last.current.area !== area) {
    // An area just drawn is already in view.
    last.current = { area, frame: isDrawn(area) ? undefined : (home ?? undefined) };
  }
  return last.current.frame;
}

interface FilteredCountProps {
  readonly hovered: H3Cell | null;
  /** Where another period or kind has a map beside it. */
  readonly title: string | null;
}

function FilteredCount({ hovered, title }: FilteredCountProps) {
  const { view, picture, nameOf } = useHotspotsParts();
  const { leading, beside, lens } = picture;
  const ofKinds = picture.kinds ?? [];
  const compared = comparedOf(picture.aside);
  const { one, many } = nounOf(view);
  const { total } = leading.summary;
  const studyIndex = hovered ? lens.study.indexOf.get(hovered) : undefined;
  return (
    <div className="filtered-count rounded shadow pad-2-3 raised small">
      {title ? <p className="map-caption medium">{title}</p> : null}
      {hovered && studyIndex !== undefined ? (
        <p className="filtered-count__place medium">
          {nameOf(hovered)}: {formatDecimal(leading.shares[studyIndex] ?? 0)}
          {compared ? `, ${formatCount(compared.summary.counts[studyIndex] ?? 0)} before` : ""}
          {ofKinds.map(({ kind, shares }) => {
            const { one, many } = kinds[kind].noun;
            return `, ${formatDecimal(shares[studyIndex] ?? 0)} ${shares[studyIndex] === 1 ? one : many}`;
          })}
        </p>
      ) : null}
      <p>
        <strong data-testid="filtered-count">{formatQuantity(total, one, many)}</strong>
        {picture.kinds ? " of both kinds" : ""}
        {beside ? `, beside ${formatQuantity(beside.summary.total, "police record")}` : ""}
      </p>
      {isToldApart(total, leading.shared) ? (
        <p>
          <strong data-testid="shared-count">{formatDecimal(leading.shared)}</strong> with uncertain
          times shared out
        </p>
      ) : null}
      <HourUnknown />
    </div>
  );
}

/** Known only to the day, so in no hour. */
function HourUnknown() {
  const { view, picture } = useHotspotsParts();
  const { hourUnknown } = picture.leading.summary;
  if (hourUnknown === 0) return null;
  return (
    <p className="quiet">
      {isWholeWeek(view.time)
        ? `${formatCount(hourUnknown)} at unknown times`
        : `${formatCount(hourUnknown)} excluded: time not known`}
    </p>
  );
}
