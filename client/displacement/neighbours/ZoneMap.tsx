import { useMemo } from "react";
import type { ZoneChoiceProps } from "#client/displacement/neighbours/ZoneChoice.tsx";
import { classNames } from "#client/ui/class-names.ts";
import type { AgreedArea } from "#core/wire/exchange.ts";

type At = readonly [number, number];

const width = 320;
const margin = 12;

/** Their side in outline, the line itself and a few names. The list beside it is the way by key. */
export function ZoneMap({ area, chosen, onToggle }: ZoneChoiceProps) {
  const drawn = useMemo(() => project(area), [area]);
  return (
    <svg
      className="zone-map"
      viewBox={`0 0 ${width} ${drawn.height}`}
      role="img"
      aria-label={`Your side of the line in ${area.zones.length} parts, ${chosen.size} chosen`}
    >
      {area.zones.map(({ name, ring }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the list of the same parts is the way by key and for readers.
        <polygon
          key={name}
          className={classNames("zone-map__part", chosen.has(name) && "zone-map__part--chosen")}
          points={drawn.points(ring)}
          onClick={() => onToggle(name)}
        >
          <title>{name}</title>
        </polygon>
      ))}
      {area.line.map((part) => (
        <polyline key={part.join()} className="zone-map__line" points={drawn.points(part)} />
      ))}
      {area.names.map(({ name, at }) => {
        const [x, y] = drawn.place(at);
        return (
          <text key={name} className="zone-map__name" x={x} y={y} textAnchor="middle">
            {name}
          </text>
        );
      })}
    </svg>
  );
}

/** Flat enough over a few kilometres: a degree of longitude is shorter by the cosine of the latitude. */
function project({ zones }: AgreedArea) {
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
  const points = (line: readonly At[]) =>
    line
      .map((at) =>
        place(at)
          .map((value) => value.toFixed(1))
          .join(","),
      )
      .join(" ");
  return { height: Math.round((north - south) * scale + 2 * margin), place, points };
}
