import type { PanelOutline } from "#core/places/wire/places.ts";

export interface PanelShape {
  readonly area: string;
  readonly path: string;
  readonly label: readonly [x: number, y: number];
  /** The edge of its largest part. */
  readonly outline: Ring;
}

export interface PanelDrawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly PanelShape[];
}

const height = 1000;
export type Point = readonly [x: number, y: number];
type Ring = readonly Point[];

/** One fixed scale for all outlines: the map stays fixed as months change. */
export function drawPanel(outlines: readonly PanelOutline[]): PanelDrawing {
  const points = outlines.flatMap(({ polygons }) => polygons.flatMap((rings) => rings[0] ?? []));
  if (points.length === 0) return { width: height, height, shapes: [] };
  const west = Math.min(...points.map(([lng]) => lng));
  const east = Math.max(...points.map(([lng]) => lng));
  const south = Math.min(...points.map(([, lat]) => lat));
  const north = Math.max(...points.map(([, lat]) => lat));
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = height / (north - south);
  const place = ([lng, lat]: readonly [number, number]) =>
    [(lng - west) * squeeze * scale, (north - lat) * scale] as const;
  return {
    width: (east - west) * squeeze * scale,
    height,
    shapes: outlines.map(({ area, polygons }) => {
      const outline = largestOf(polygons.map((rings) => (rings[0] ?? []).map(place)));
      return {
        area,
        path: polygons
          .map((rings) => rings.map((ring) => pathOf(ring.map(place))).join(""))
          .join(""),
        label: centroidOf(outline),
        outline,
      };
    }),
  };
}

/** By crossings of a ray to the right. */
export function isInside([x, y]: Point, ring: Ring): boolean {
  let inside = false;
  ring.forEach((point, index) => {
    const next = ring[(index + 1) % ring.length] ?? point;
    if (point[1] > y === next[1] > y) return;
    const crossing = point[0] + ((y - point[1]) / (next[1] - point[1])) * (next[0] - point[0]);
    if (x < crossing) inside = !inside;
  });
  return inside;
}

function pathOf(ring: Ring): string {
  return `${ring.map(([x, y], index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("")}Z`;
}

function largestOf(rings: readonly Ring[]): Ring {
  return rings.toSorted((a, b) => Math.abs(areaOf(b)) - Math.abs(areaOf(a)))[0] ?? [];
}

/** By the shoelace formula. */
function centroidOf(largest: Ring): readonly [number, number] {
  const doubled = 2 * areaOf(largest);
  if (doubled === 0) return largest[0] ?? [0, 0];
  let x = 0;
  let y = 0;
  largest.forEach((point, index) => {
    const next = largest[(index + 1) % largest.length] ?? point;
    const cross = point[0] * next[1] - next[0] * point[1];
    x += (point[0] + next[0]) * cross;
    y += (point[1] + next[1]) * cross;
  });
  return [x / (3 * doubled), y / (3 * doubled)];
}

function areaOf(ring: Ring): number {
  return (
    ring.reduce((sum, point, index) => {
      const next = ring[(index + 1) % ring.length] ?? point;
      return sum + point[0] * next[1] - next[0] * point[1];
    }, 0) / 2
  );
}
