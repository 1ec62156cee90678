import { useEffect, useMemo, useRef, useState } from "react";
import { type Drawing, useDrawing } from "#client/hotspots/drawn-area/use-drawing.tsx";
import type { MapGround } from "#client/map/map-adapter.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import type { Position } from "#core/geo/cell.ts";
import type { AgreedArea } from "#core/neighbours/wire.ts";
import { formatDrawn, parseDrawn } from "#core/places/drawn-area.ts";

export interface ZoneChoiceProps {
  readonly area: AgreedArea;
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (name: string) => void;
  /** Corners of a drawn area; null when zones are chosen. */
  readonly drawn: readonly Position[] | null;
  readonly onDrawn: (corners: readonly Position[] | null) => void;
}

interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

const width = 320;

/**
 * The neighbour's area in outline, the line and a few names: click parts or draw an area by hand.
 * By keyboard, use the list beside it or the drawing keys.
 */
export function ZoneMap({ area, chosen, onToggle, drawn, onDrawn }: ZoneChoiceProps) {
  const flat = useMemo(() => projectArea(area, width), [area]);
  const [view, setView] = useState<View>({ x: 0, y: 0, zoom: 1 });
  const picture = useRef<SVGSVGElement>(null);
  const drawing = useDrawing(
    useMemo(
      () => (corners: readonly Position[]) => onDrawn(parseDrawn(formatDrawn(corners)) ?? corners),
      [onDrawn],
    ),
  );
  const ground = useGround(picture, flat, view, setView);
  return (
    <div>
      <div className={classNames("zone-map-box relative", drawing.isOn && "zone-map-box--drawing")}>
        <svg
          ref={picture}
          className="zone-map surface framed full"
          viewBox={`${view.x} ${view.y} ${width / view.zoom} ${flat.height / view.zoom}`}
          role="img"
          aria-label={`Your side of the boundary in ${area.zones.length} places, ${drawn ? "an area drawn" : `${chosen.size} chosen`}`}
        >
          {area.zones.map(({ name, ring }) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: the list of the same parts is the way by key and for readers.
            <polygon
              key={name}
              className={classNames(
                "zone-map__part",
                drawn === null && chosen.has(name) && "zone-map__part--chosen",
              )}
              points={flat.points(ring)}
              onClick={() => onToggle(name)}
            >
              <title>{name}</title>
            </polygon>
          ))}
          {drawn === null ? null : (
            <polygon className="zone-map__drawn no-pointer" points={flat.points(drawn)} />
          )}
          {area.line.map((part) => (
            <polyline
              key={part.join()}
              className="zone-map__line no-pointer"
              points={flat.points(part)}
            />
          ))}
          {area.names.map(({ name, at }) => {
            const [x, y] = flat.place(at);
            return (
              <text
                key={name}
                className="zone-map__name no-pointer small"
                x={x}
                y={y}
                textAnchor="middle"
              >
                {name}
              </text>
            );
          })}
        </svg>
        {drawing.sketch?.(ground)}
      </div>
      <DrawButton drawing={drawing} drawn={drawn} onDrawn={onDrawn} />
    </div>
  );
}

function useGround(
  picture: { readonly current: SVGSVGElement | null },
  flat: ReturnType<typeof projectArea>,
  view: View,
  setView: (change: (before: View) => View) => void,
): MapGround {
  const listeners = useRef(new Set<() => void>());
  useEffect(() => {
    // A new view changes where each pixel is.
    if (view.zoom > 0) for (const listener of listeners.current) listener();
  }, [view]);
  return useMemo(() => {
    const matrix = () => picture.current?.getScreenCTM() ?? new DOMMatrix();
    const corner = () => picture.current?.getBoundingClientRect() ?? new DOMRect();
    return {
      toPixel: (at) => {
        const [x, y] = flat.place(at);
        const { left, top } = corner();
        const on = new DOMPoint(x, y).matrixTransform(matrix());
        return [on.x - left, on.y - top];
      },
      toPosition: ([x, y]) => {
        const { left, top } = corner();
        const on = new DOMPoint(x + left, y + top).matrixTransform(matrix().inverse());
        return flat.position([on.x, on.y]);
      },
      panBy: ([x, y]) => {
        const scale = matrix().a || 1;
        setView((before) => ({ ...before, x: before.x + x / scale, y: before.y + y / scale }));
      },
      zoomBy: (steps) => setView((before) => zoomed(before, steps, flat.height)),
      onMove: (listener) => {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    };
  }, [flat, picture, setView]);
}

const mostZoom = 8;

function zoomed(before: View, steps: number, height: number): View {
  const zoom = Math.min(mostZoom, Math.max(1, before.zoom * 2 ** steps));
  const grown = (1 / before.zoom - 1 / zoom) / 2;
  return { zoom, x: before.x + width * grown, y: before.y + height * grown };
}

function DrawButton({
  drawing,
  drawn,
  onDrawn,
}: { readonly drawing: Drawing } & Pick<ZoneChoiceProps, "drawn" | "onDrawn">) {
  return (
    <div ref={drawing.home} className="neighbours__actions row wrap gap-3 end">
      <Button icon="lasso" disabled={drawing.isOn} onClick={drawing.start}>
        {drawn === null ? "Draw an area" : "Draw again"}
      </Button>
      {drawn === null ? null : (
        <Button look="quiet" onClick={() => onDrawn(null)}>
          Choose places
        </Button>
      )}
    </div>
  );
}

type At = readonly [number, number];

/** Equirectangular, with longitude scaled by the cosine of latitude; fine for a few kilometres. */
interface FlatArea {
  readonly height: number;
  readonly place: (at: At) => At;
  readonly position: (at: At) => Position;
  readonly points: (line: readonly At[]) => string;
}

const margin = 12;

export function projectArea({ zones }: Pick<AgreedArea, "zones">, width: number): FlatArea {
  const all = zones.flatMap(({ ring }) => ring);
  const lngs = all.map(([lng]) => lng);
  const lats = all.map(([, lat]) => lat);
  const [west, east] = [Math.min(...lngs), Math.max(...lngs)];
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (width - 2 * margin) / Math.max((east - west) * shrink, 1e-6);
  const place = ([lng, lat]: At): At => [
    margin + (lng - west) * shrink * scale,
    margin + (north - lat) * scale,
  ];
  const position = ([x, y]: At): Position => [
    west + (x - margin) / (shrink * scale),
    north - (y - margin) / scale,
  ];
  const points = (line: readonly At[]) =>
    line
      .map((at) =>
        place(at)
          .map((value) => value.toFixed(1))
          .join(","),
      )
      .join(" ");
  return { height: Math.round((north - south) * scale + 2 * margin), place, position, points };
}
