import { type ReactNode, useCallback, useMemo, useRef } from "react";
import { FilteredCount } from "#client/hotspots/FilteredCount.tsx";
import { factorLayers } from "#client/hotspots/factor-layers.ts";
import { fillOpacity } from "#client/hotspots/fill-opacity.ts";
import { HotspotLegend } from "#client/hotspots/HotspotLegend.tsx";
import { hollowHexagons } from "#client/hotspots/hollow-hexagons.ts";
import type { Ranked } from "#client/hotspots/ranked.ts";
import type { KeepClearShown } from "#client/hotspots/use-keep-clear.ts";
import type { Picture } from "#client/hotspots/use-picture.ts";
import { type HotspotsView, leadingSource, wholeCommand } from "#client/hotspots/view.ts";
import { hexagonLayer } from "#client/map/layers/hexagon-layer.ts";
import { outlinePaths, pathLayer } from "#client/map/layers/path-layer.ts";
import { MapView } from "#client/map/MapView.tsx";
import type { MapGround } from "#client/map/map-adapter.ts";
import { countColours, type Palette, usePalette } from "#client/map/palette.ts";
import { type Bounds, boundsOf, commandBounds } from "#client/map/place-features.ts";
import type { TakeStill } from "#client/map/still.ts";
import type { Store } from "#client/state/store.ts";
import { useStore } from "#client/state/use-store.ts";
import { cellAt, cellCentre, cellRing, type H3Cell, type Position } from "#core/geo/cell.ts";
import { isDrawn } from "#core/geo/drawn-area.ts";
import type { LayerFeaturesReply } from "#core/wire/layers.ts";
import type { PlacesReply } from "#core/wire/places.ts";

export interface HotspotsMapProps {
  readonly view: HotspotsView;
  readonly places: PlacesReply;
  readonly picture: Picture;
  readonly ranked: Ranked | null;
  readonly keepClear: KeepClearShown;
  readonly features: LayerFeaturesReply;
  readonly hovered: Store<H3Cell | null>;
  readonly nameOf: (cell: H3Cell) => string;
  readonly onSelect: (cell: H3Cell) => void;
  readonly onLook: (part: Partial<HotspotsView>) => void;
  /** Lies over the map while an area is drawn. */
  readonly sketch: ((ground: MapGround) => ReactNode) | null;
  readonly fallback: ReactNode;
  readonly onFallback: (isShown: boolean) => void;
  readonly onStill: (take: TakeStill) => () => void;
}

const noCells: readonly H3Cell[] = [];

/** The picture as a map: fills for reports, hollow cells for police finds, outlines for hot. */
export function HotspotsMap(props: HotspotsMapProps) {
  const { view, places, picture, ranked, keepClear, hovered, nameOf, onSelect, onLook } = props;
  const hoveredCell = useStore(hovered, (cell) => cell);
  const palette = usePalette();
  const { resolution } = view;
  const { features } = props;
  const layers = useLayers({ view, picture, ranked, hovered: hoveredCell, features, palette });
  const sources = useMemo(
    () =>
      features.licences.filter(({ kind }) => view.factors.includes(kind)).map(({ line }) => line),
    [features, view.factors],
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
  const focus = useMemo(() => (view.cell ? cellCentre(view.cell) : null), [view.cell]);
  return (
    <MapView
      places={places}
      layers={layers}
      sources={sources}
      keepClear={keepClear.status === "shown" ? keepClear.cells : noCells}
      home={home ?? undefined}
      camera={view.camera ?? undefined}
      coveredPx={coveredBySheet}
      focus={focus}
      frame={frame}
      sketch={props.sketch}
      onHover={(at) => hovered.set(() => cellUnder(at))}
      onClick={(at) => {
        const cell = cellUnder(at);
        if (cell) onSelect(cell);
      }}
      onMoved={(camera) => onLook({ camera })}
      legend={<HotspotLegend view={view} picture={picture} ranked={ranked} keepClear={keepClear} />}
      count={<FilteredCount view={view} picture={picture} hovered={hoveredCell} nameOf={nameOf} />}
      fallback={props.fallback}
      onFallback={props.onFallback}
      onStill={props.onStill}
    />
  );
}

/** An area that is chosen fills the map; the one that a link opens with stands where the link says. */
function useFrame(area: string, home: Bounds | null): Bounds | undefined {
  const last = useRef<{ readonly area: string; readonly frame: Bounds | undefined }>({
    area,
    frame: undefined,
  });
  if (last.current.area !== area) {
    // What was just drawn is in view already.
    last.current = { area, frame: isDrawn(area) ? undefined : (home ?? undefined) };
  }
  return last.current.frame;
}

/** On a tablet the sheet lies over the lower part of the map. */
function coveredBySheet(): number {
  if (window.matchMedia("(min-width: 1024px)").matches) return 0;
  return document.querySelector(".hotspots .sheet")?.clientHeight ?? 0;
}

interface LayerInput {
  readonly view: HotspotsView;
  readonly picture: Picture;
  readonly ranked: Ranked | null;
  readonly hovered: H3Cell | null;
  readonly features: LayerFeaturesReply;
  readonly palette: Palette;
}

function useLayers({ view, picture, ranked, hovered, features, palette }: LayerInput) {
  const { lens, leading, beside } = picture;
  const source = leadingSource(view);
  const colours = useMemo(() => countColours(palette), [palette]);
  const fill = useMemo(
    () =>
      hexagonLayer({
        id: `count-${view.resolution}-${view.area}`,
        items: lens.items,
        classes: source === "reported" ? leading.classes : new Uint8Array(lens.items.length),
        colours,
        opacity: fillOpacity[view.measure],
      }),
    [lens, leading, colours, source, view.resolution, view.area, view.measure],
  );
  const hollowLayer = source === "reported" ? beside : leading;
  const hollow = useMemo(
    () => hollowHexagons({ lens, layer: hollowLayer, colour: palette.ink }),
    [lens, hollowLayer, palette],
  );
  const hotPaths = useMemo(() => outlinePaths(ranked?.hotCells ?? noCells), [ranked?.hotCells]);
  const hot = useMemo(
    () => pathLayer({ id: "hot", paths: hotPaths, colour: palette.hot, widthPx: 2 }),
    [hotPaths, palette],
  );
  const marked = useMemo(() => {
    const paths = (cell: H3Cell | null) => outlinePaths(cell ? [cell] : noCells);
    return [
      pathLayer({ id: "hovered", paths: paths(hovered), colour: palette.ink, widthPx: 1.5 }),
      pathLayer({ id: "chosen", paths: paths(view.cell), colour: palette.ink, widthPx: 3 }),
    ];
  }, [hovered, view.cell, palette]);
  const edge = useMemo(() => {
    const isPart = view.area.includes(":");
    const paths = isPart ? outlinePaths(lens.study.cells) : [];
    return pathLayer({ id: "area", paths, colour: palette["map-outline"], widthPx: 1.5 });
  }, [view.area, lens, palette]);
  const factors = useMemo(
    () => factorLayers({ features, kinds: view.factors, palette }),
    [features, view.factors, palette],
  );
  return useMemo(
    () => [fill, hollow, edge, ...factors, hot, ...marked],
    [fill, hollow, edge, factors, hot, marked],
  );
}
