import type { Layer } from "@deck.gl/core";
import { type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { type BaseMap, sourcesOfMap } from "#client/map/base-map.ts";
import type { MapCamera } from "#client/map/camera.ts";
import { keepMap, mapFor } from "#client/map/kept-map.ts";
import { MapScale } from "#client/map/MapScale.tsx";
import { MapWaiting } from "#client/map/MapWaiting.tsx";
import type { MapAdapter, MapGround } from "#client/map/map-adapter.ts";
import { type MapPart, mayDrawMaps } from "#client/map/map-canvas.ts";
import { usePalette } from "#client/map/palette.ts";
import { stillOf } from "#client/map/paper-map.ts";
import { type Bounds, commandBounds } from "#client/map/place-features.ts";
import { fillStrength, mapStyle } from "#client/map/style.ts";
import { createStore, type Store } from "#client/state/store.ts";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { useKitWord } from "#client/ui/kit-words.ts";
import { lazily } from "#client/ui/lazily.ts";
import { readMapWords } from "#client/ui/picture/legend-reading.ts";
import type { PictureSubject, Taken } from "#client/ui/picture/still.ts";
import type { H3Cell, Position } from "#core/geo/cell.ts";
import "#client/map/map-view.css";

const MapPicture = lazily(async () => (await import("#client/map/MapPicture.tsx")).MapPicture);

/** Takes a part of a map as it is now. */
type TakeStill = (part: MapPart) => Taken;

/** How a map leaves, where it may. */
interface LeavingMap {
  readonly subject: PictureSubject;
  /** Opened from elsewhere on the screen too. */
  readonly isOpen?: Store<boolean>;
}

/** A map beside another, which looks where that one looks and leaves in one picture with it. */
export interface BesideMap {
  readonly adapter: MapAdapter;
  readonly take: TakeStill;
}

export interface MapViewProps {
  readonly places: BaseMap;
  /** Keep the same array while nothing changes. */
  readonly layers: readonly Layer[];
  readonly sources?: readonly string[];
  readonly keepClear?: readonly H3Cell[];
  /** Initial view, and the target of "fit". */
  readonly home?: Bounds | undefined;
  /** Where the person had been looking: wins over `home`. */
  readonly camera?: MapCamera | undefined;
  /** Fills the map when it changes. Keep the same array while it holds. */
  readonly frame?: Bounds | undefined;
  /** How much of the bottom lies under a sheet. */
  readonly coveredPx?: () => number;
  /** Brought into view when it changes. */
  readonly focus?: Position | null | undefined;
  /** Least zoom for `focus`. */
  readonly focusZoom?: number | undefined;
  readonly onHover?: (at: Position | null) => void;
  readonly onClick?: (at: Position) => void;
  readonly onMoved?: (camera: MapCamera) => void;
  readonly picture?: LeavingMap | undefined;
  /** Where the map beside this one is found. */
  readonly beside?: Store<BesideMap | null>;
  /** This is the one beside: without controls, scale and sources of its own. */
  readonly isBeside?: boolean;
  readonly hasRoutes?: boolean;
  readonly sketch?: ((ground: MapGround) => ReactNode) | null;
  readonly legend?: ReactNode;
  readonly count?: ReactNode;
  /** Table shown where there is no WebGL. */
  readonly fallback: ReactNode;
  /** Says whether it does, so that the table is not shown twice. */
  readonly onFallback?: (isShown: boolean) => void;
}

const noCells: readonly H3Cell[] = [];
const noLines: readonly string[] = [];
const noMap = createStore<BesideMap | null>(null);

export function MapView(props: MapViewProps) {
  const { places, layers, sources = noLines, keepClear = noCells } = props;
  const { home, frame, focus, focusZoom, camera, hasRoutes, isBeside = false } = props;
  const { beside = noMap } = props;
  const [canDraw, setCanDraw] = useState(mayDrawMaps);
  const [adapter, setAdapter] = useState<MapAdapter | null>(null);
  const [covered, setCovered] = useState(0);
  const [isShown, setShown] = useState(false);
  const container = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const shown = useRef(camera);
  const ground = useMemo(() => adapter?.ground() ?? null, [adapter]);
  const palette = usePalette();
  const style = useMemo(
    () => mapStyle(places, palette, { hasRoutes }),
    [places, palette, hasRoutes],
  );
  const bounds = home ?? commandBounds(places);

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; later values go in below.
  useEffect(() => {
    let isOver = false;
    const root = container.current;
    if (!canDraw || !root || !bounds) return;
    const paint = { style, hatch: palette.hatch, fillStrength: fillStrength(places) };
    const made = mapFor(places, paint, {
      container: root,
      start: shown.current ?? latest.current.camera ?? { bounds },
      coveredPx: () => latest.current.coveredPx?.() ?? 0,
      onHover: (at) => latest.current.onHover?.(at),
      onClick: (at) => latest.current.onClick?.(at),
      onMoved: (at) => {
        shown.current = at;
        latest.current.onMoved?.(at);
      },
      onShown: () => setShown(true),
      onLost: () => {
        // Unmounted with its screen; it is redrawn on return.
        if (isOver) return;
        setShown(false);
        setCanDraw(false);
      },
    });
    if (made === null) {
      setCanDraw(false);
      return;
    }
    setAdapter(made);
    return () => {
      isOver = true;
      delete root.dataset["drawn"];
      delete root.dataset["shown"];
      setShown(false);
      setAdapter(null);
      keepMap(places, made);
    };
    // New streets mean a new map, with the last one's camera.
  }, [canDraw, places.basemap?.version]);

  const help = useKitWord()(
    "map",
    "Map. Arrow keys move it, plus and minus zoom, Enter selects what is in the middle.",
  );
  useEffect(() => {
    if (adapter) container.current?.querySelector("canvas")?.setAttribute("aria-label", help);
  }, [adapter, help]);
  useEffect(() => adapter?.setPaint(style, palette.hatch), [adapter, style, palette]);
  useEffect(() => adapter?.setLayers(layers), [adapter, layers]);
  useEffect(() => adapter?.setKeepClear(keepClear), [adapter, keepClear]);
  useEffect(() => {
    if (frame) adapter?.fit(frame);
  }, [adapter, frame]);
  useEffect(() => {
    if (focus) adapter?.show(focus, focusZoom);
  }, [adapter, focus, focusZoom]);
  // From a link, saved view or undo; the map's own moves come back here and are skipped.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another camera moves the map.
  useEffect(() => {
    if (!adapter || camera === shown.current) return;
    shown.current = camera;
    if (camera) adapter.look(camera);
    else if (bounds) adapter.fit(bounds);
  }, [adapter, camera]);
  const take = useMemo<TakeStill | null>(() => {
    const root = container.current?.closest(".map-view");
    if (!adapter || !root) return null;
    return (part) => ({ still: stillOf(adapter, part), words: readMapWords(root) });
  }, [adapter]);

  useEffect(() => {
    if (!isBeside || !adapter || !take) return undefined;
    beside.set(() => ({ adapter, take }));
    return () => beside.set(() => null);
  }, [isBeside, beside, adapter, take]);
  const other = useStore(beside, (map) => (isBeside ? null : map));
  useEffect(() => (other ? adapter?.linkWith(other.adapter) : undefined), [adapter, other]);

  useEffect(() => latest.current.onFallback?.(!canDraw), [canDraw]);

  if (!canDraw) {
    return isBeside ? null : (
      <div className="map-view map-view--fallback stack gap-2 pad-3">
        <Banner
          kind="note"
          action={<Button onClick={() => setCanDraw(mayDrawMaps())}>Try the map again</Button>}
        >
          This browser cannot draw the map, so a table is shown. Everything else works.
        </Banner>
        <div className="row wrap start gap-3">
          {props.legend}
          {props.count}
        </div>
        {props.fallback}
      </div>
    );
  }
  return (
    <div className="map-view">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears that the map inside has the focus. */}
      <div
        className="map-view__canvas"
        ref={container}
        onFocus={() => setCovered(latest.current.coveredPx?.() ?? 0)}
      />
      <span
        className="map-view__cross no-print"
        aria-hidden="true"
        style={{ top: `calc((100% - ${covered}px) / 2)` }}
      />
      {isShown ? null : <MapWaiting />}
      {ground && props.sketch ? props.sketch(ground) : null}
      {adapter ? <PrintedMap picture={() => adapter.picture()} /> : null}
      {isBeside ? null : (
        <MapControls
          adapter={adapter}
          onFit={() => bounds && adapter?.fit(bounds)}
          picture={props.picture}
          take={(part) => [...(other ? [other.take(part)] : []), ...(take ? [take(part)] : [])]}
        />
      )}
      <div className="map-view__foot row end between gap-2">
        <div className="map-view__legend">{props.legend}</div>
        <div className="stack end gap-1">
          {ground && !isBeside ? <MapScale ground={ground} /> : null}
          <div className="map-view__count">{props.count}</div>
        </div>
      </div>
      {isBeside ? null : <MapSources lines={[...new Set([...sourcesOfMap(places), ...sources])]} />}
    </div>
  );
}

interface MapControlsProps {
  readonly adapter: MapAdapter | null;
  readonly onFit: () => void;
  readonly picture: LeavingMap | undefined;
  /** This map, behind the one beside it. */
  readonly take: (part: MapPart) => readonly Taken[];
}

function MapControls({ adapter, onFit, picture, take }: MapControlsProps) {
  const word = useKitWord();
  const [own] = useState(() => createStore(false));
  const pictured = picture?.isOpen ?? own;
  const isOpen = useStore(pictured, (state) => state);
  return (
    <>
      <div className="map-view__controls no-print stack gap-1">
        <Button icon="plus" label={word("zoom-in", "Zoom in")} onClick={() => adapter?.zoomBy(1)} />
        <Button
          icon="minus"
          label={word("zoom-out", "Zoom out")}
          onClick={() => adapter?.zoomBy(-1)}
        />
        <Button icon="extent" label={word("whole-area", "Show the whole area")} onClick={onFit} />
        {picture ? (
          <Button
            icon="print"
            label="Picture or print"
            aria-expanded={isOpen}
            onClick={() => pictured.set(() => !isOpen)}
          />
        ) : null}
      </div>
      {isOpen && picture && adapter ? (
        <Suspense>
          <MapPicture
            subject={picture.subject}
            take={() => take(adapter.ground().open())}
            onClose={() => pictured.set(() => false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}

/**
 * Map data credits: one line along the foot, or behind a button on a narrow map, where they would
 * cover a quarter of it. Paper always has the line.
 */
function MapSources({ lines }: { readonly lines: readonly string[] }) {
  const text = lines.join(" · ");
  const name = useKitWord()("sources", "Sources of this map");
  return (
    <>
      <p className="map-view__licence" lang="en">
        {text}
      </p>
      <details className="map-view__sources quiet small no-print">
        <summary aria-label={name} title={name}>
          <span aria-hidden="true">i</span>
        </summary>
        <p lang="en">{text}</p>
      </details>
    </>
  );
}

/** A still picture of the map for paper: a WebGL canvas prints grey in some browsers. */
function PrintedMap({ picture }: { readonly picture: () => string }) {
  const [url, setUrl] = useState<string | null>(null);
  const latest = useRef(picture);
  latest.current = picture;
  useEffect(() => {
    // Flushed: the page is laid out for print right after the event.
    const onBeforePrint = () => {
      const taken = latest.current();
      flushSync(() => setUrl(taken));
    };
    window.addEventListener("beforeprint", onBeforePrint);
    return () => window.removeEventListener("beforeprint", onBeforePrint);
  }, []);
  return url ? <img className="map-view__print" src={url} alt="Map" /> : null;
}
