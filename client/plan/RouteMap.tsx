import { useMemo } from "react";
import { type SketchedWindow, sketchRoute } from "#client/plan/route-sketch.ts";
import type { SketchPoint } from "#client/plan/sketch-view.ts";
import type { Gazetteer } from "#core/wire/places.ts";

export interface RouteMapProps {
  readonly window: SketchedWindow & { readonly place: string };
  readonly gazetteer: Gazetteer;
  /** Tenths of a millimetre. */
  readonly width: number;
  readonly height: number;
}

/** The permitted route with numbered stops, in ink on paper. */
export function RouteMap({ window, gazetteer, width, height }: RouteMapProps) {
  const sketch = useMemo(
    () => sketchRoute(window, gazetteer, { width, height }),
    [window, gazetteer, width, height],
  );
  return (
    <svg
      className="route-map"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Map of the route at ${window.place}`}
    >
      <title>{`Map of the route at ${window.place}`}</title>
      {sketch.roads.map((road) =>
        road.parts.map((part) => (
          <path key={`${road.name} ${pathOf(part)}`} className="route-map__road" d={pathOf(part)} />
        )),
      )}
      {sketch.stations.map((at) => (
        <circle key={at.join()} className="route-map__station" cx={at[0]} cy={at[1]} r={11} />
      ))}
      <path className="route-map__route" d={pathOf(sketch.route)} />
      {sketch.labels.map((label) => (
        <text
          key={`${label.kind} ${label.text}`}
          className={`route-map__label route-map__label--${label.kind}`}
          transform={`translate(${label.at[0]} ${label.at[1]}) rotate(${label.turn})`}
        >
          {label.text}
        </text>
      ))}
      {sketch.stops.map(({ order, at }) => (
        <g key={order} transform={`translate(${at[0]} ${at[1]})`}>
          <circle className="route-map__stop" r={22} />
          <text className="route-map__order">{order}</text>
        </g>
      ))}
      <g transform={`translate(${width - sketch.hundredMetres - 15} ${height - 15})`}>
        <path className="route-map__scale" d={`M0 -10V0H${sketch.hundredMetres}V-10`} />
        <text className="route-map__metres" x={sketch.hundredMetres / 2} y={-12}>
          100 m
        </text>
      </g>
    </svg>
  );
}

function pathOf(points: readonly SketchPoint[]): string {
  return points
    .map(([x, y], index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join("");
}
