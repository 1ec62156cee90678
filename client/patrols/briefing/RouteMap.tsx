import { useMemo } from "react";
import { SketchFurniture } from "#client/map/SketchFurniture.tsx";
import type { SketchPoint } from "#client/map/sketch-view.ts";
import { PaperStreets, pathOf } from "#client/map/streets/PaperStreets.tsx";
import type { PaperGround } from "#client/map/streets/paper-ground.ts";
import { usePaperGround } from "#client/map/streets/use-paper-ground.ts";
import {
  frameRoute,
  type RouteSketch,
  type SketchedWindow,
  sketchRoute,
  stopRadius,
} from "#client/patrols/briefing/route-sketch.ts";
import type { Gazetteer, ShownBasemap } from "#core/places/wire/places.ts";
import "#client/map/sketch.css";

interface RouteMapProps {
  readonly window: SketchedWindow & { readonly place: string };
  readonly gazetteer: Gazetteer;
  readonly tiles: ShownBasemap | null;
  /** Tenths of a millimetre. */
  readonly width: number;
  readonly height: number;
}

export function RouteMap({ window, gazetteer, tiles, width, height }: RouteMapProps) {
  const bounds = useMemo(
    () => frameRoute(window, { width, height }).bounds,
    [window, width, height],
  );
  const streets = usePaperGround({ tiles, bounds, width });
  const sketch = useMemo(
    () => sketchRoute(window, gazetteer, { width, height }, streets),
    [window, gazetteer, width, height, streets],
  );
  const title = `Map of the route at ${window.place}`;
  return (
    <svg
      className="route-map full block"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={title}
    >
      <title>{title}</title>
      <Ground sketch={sketch} streets={streets} />
      <Names sketch={sketch} />
      <Walk sketch={sketch} />
      <SketchFurniture view={sketch.view} bar={sketch.scaleBar} />
    </svg>
  );
}

/** In tenths of a millimetre. */
const pen = 1.4;

function Ground({
  sketch,
  streets,
}: {
  readonly sketch: RouteSketch;
  readonly streets: PaperGround | null;
}) {
  const { width, height, toPoint, scale } = sketch.view;
  return (
    <>
      <path className="sketch-area" d={ringsOf(sketch.corridor)} />
      {streets ? (
        <PaperStreets
          ground={streets}
          toPoint={toPoint}
          width={width}
          height={height}
          unitsPerMetre={scale}
          pen={pen}
        />
      ) : null}
      {sketch.roads.map((road) =>
        road.parts.map((part) => (
          <path
            key={`${road.name} ${pathOf(part)}`}
            className="sketch-line sketch-line--road"
            d={pathOf(part)}
          />
        )),
      )}
      <path className="sketch-line sketch-line--dashed" d={ringsOf(sketch.grounds)} />
      <path className="sketch-line" d={ringsOf(sketch.corridor)} />
      {sketch.stations.map((at) => (
        <g key={at.join()} className="sketch-disc" transform={`translate(${at[0]} ${at[1]})`}>
          <rect x={-13} y={-13} width={26} height={26} />
          <circle r={6} />
        </g>
      ))}
    </>
  );
}

function Names({ sketch }: { readonly sketch: RouteSketch }) {
  return sketch.labels.map(({ text, kind, at, turn, leader }) => (
    <g key={`${kind} ${text}`}>
      {leader ? (
        <path className="route-map__leader sketch-line sketch-line--thin" d={pathOf(leader)} />
      ) : null}
      <text
        className={`sketch-name sketch-name--${kind}`}
        transform={`translate(${at[0]} ${at[1]}) rotate(${turn})`}
      >
        {text}
      </text>
    </g>
  ));
}

function Walk({ sketch }: { readonly sketch: RouteSketch }) {
  return (
    <>
      {sketch.legs.map(({ line, middle, turn }) => (
        <g key={pathOf(line)} className="route-map__leg sketch-line">
          <path d={pathOf(line)} />
          <path
            className="sketch-ink"
            d="M-11 -11L12 0L-11 11Z"
            transform={`translate(${middle[0]} ${middle[1]}) rotate(${turn})`}
          />
        </g>
      ))}
      {sketch.stops.map(({ order, at, wayEnd }) =>
        wayEnd ? (
          <path key={order} className="sketch-line sketch-line--dotted" d={pathOf([at, wayEnd])} />
        ) : null,
      )}
      {sketch.stops.map(({ order, at }) => (
        <g key={order} transform={`translate(${at[0]} ${at[1]})`}>
          <circle className="route-map__stop sketch-disc--ink" r={stopRadius} />
          <text className="sketch-name sketch-name--on-ink strong">{order}</text>
        </g>
      ))}
    </>
  );
}

function ringsOf(rings: readonly (readonly SketchPoint[])[]): string {
  return rings.map((ring) => `${pathOf(ring)}Z`).join("");
}
