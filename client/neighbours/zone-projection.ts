import type { Position } from "#core/geo/cell.ts";
import type { AgreedArea } from "#core/neighbours/wire.ts";

type At = readonly [number, number];

const margin = 12;

/** A flat picture of their side, and back. Flat enough over a few kilometres: a degree of longitude is shorter by the cosine of the latitude. */
export interface FlatArea {
  readonly height: number;
  readonly place: (at: At) => At;
  readonly position: (at: At) => Position;
  readonly points: (line: readonly At[]) => string;
}

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
