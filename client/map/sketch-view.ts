import { bboxClip } from "@turf/bbox-clip";
import { lineString } from "@turf/helpers";
import type { Bounds } from "#client/map/place-features.ts";
import type { Position } from "#core/geo/cell.ts";

/** A point of the drawing, in its own units, downwards. */
export type SketchPoint = readonly [x: number, y: number];

export interface SketchView {
  readonly width: number;
  readonly height: number;
  readonly toPoint: (position: Position) => SketchPoint;
  /** Drawing units per metre on the ground. */
  readonly scale: number;
  /** Of all the ground in view. */
  readonly bounds: Bounds;
}

interface ViewMargins {
  /** Metres of ground around what is shown, and the least that is shown either way. */
  readonly marginM?: number;
  readonly leastM?: number;
  /** Units of the drawing around it. */
  readonly margin?: number;
}

const metresPerDegree = 111_195;

/**
 * A flat view that holds all positions with a margin: over a few kilometres the error of treating
 * degrees as straight lines is far less than the width of a pen.
 */
export function sketchView(
  positions: readonly Position[],
  size: { readonly width: number; readonly height: number },
  { marginM = 0, margin = 0, leastM = 1 }: ViewMargins,
): SketchView {
  const lngs = positions.map(([lng]) => lng);
  const lats = positions.map(([, lat]) => lat);
  const middleLng = (Math.min(...lngs) + Math.max(...lngs)) / 2;
  const middleLat = (Math.min(...lats) + Math.max(...lats)) / 2;
  const squeeze = Math.cos((middleLat * Math.PI) / 180);
  const widthM = (Math.max(...lngs) - Math.min(...lngs)) * metresPerDegree * squeeze + 2 * marginM;
  const heightM = (Math.max(...lats) - Math.min(...lats)) * metresPerDegree + 2 * marginM;
  const scale = Math.min(
    (size.width - 2 * margin) / Math.max(widthM, leastM),
    (size.height - 2 * margin) / Math.max(heightM, leastM),
  );
  const halfLng = size.width / 2 / (metresPerDegree * squeeze * scale);
  const halfLat = size.height / 2 / (metresPerDegree * scale);
  return {
    ...size,
    scale,
    bounds: [middleLng - halfLng, middleLat - halfLat, middleLng + halfLng, middleLat + halfLat],
    toPoint: ([lng, lat]) => [
      size.width / 2 + (lng - middleLng) * metresPerDegree * squeeze * scale,
      size.height / 2 - (lat - middleLat) * metresPerDegree * scale,
    ],
  };
}

/** The parts of a line that lie inside the drawing. */
export function clipLine(
  line: readonly SketchPoint[],
  { width, height }: Pick<SketchView, "width" | "height">,
): SketchPoint[][] {
  if (line.length < 2) return [];
  const whole = lineString(line.map(([x, y]) => [x, y]));
  const { geometry } = bboxClip(whole, [0, 0, width, height]);
  const parts = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
  return (parts as [number, number][][]).filter(({ length }) => length > 1);
}
