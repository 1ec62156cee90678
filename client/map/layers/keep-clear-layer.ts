import { pathLayer } from "#client/map/layers/path-layer.ts";
import type { Rgba } from "#client/map/palette.ts";
import { dataSlot } from "#client/map/style.ts";
import type { Position } from "#core/geo/cell.ts";

/** The hatch of closed cells: lines and a hairline around them, no fill and no hue. */
export function keepClearLayers(rings: Rings, zoom: number, colour: Rgba) {
  const shared = { colour, beforeId: dataSlot };
  const paths = hatchLines(rings, zoom);
  return [
    pathLayer({ ...shared, id: `${keepClearPrefix}-lines`, paths, widthPx: 1.5 }),
    pathLayer({ ...shared, id: `${keepClearPrefix}-edge`, paths: rings, widthPx: 1 }),
  ];
}

export type Rings = readonly (readonly Position[])[];

/**
 * Hatch lines at 45 degrees on screen, clipped to polygons (rings, holes included, even-odd rule)
 * at a zoom. All share one world grid: neighbours meet without a seam and panning does not make the
 * hatch swim.
 */
export function hatchLines(rings: Rings, zoom: number): Position[][] {
  const step = (hatchStepPx * Math.SQRT2) / (worldPx * 2 ** zoom);
  const crossings = new Map<number, number[]>();
  for (const ring of rings) {
    for (let index = 1; index < ring.length; index += 1) {
      crossEdge(ring[index - 1] as Position, ring[index] as Position, step, crossings);
    }
  }
  const lines: Position[][] = [];
  for (const [line, found] of crossings) {
    found.sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < found.length; pair += 2) {
      const ends = [found[pair] as number, found[pair + 1] as number];
      lines.push(ends.map((x) => fromWorld(x, line * step - x)));
    }
  }
  return lines;
}

/**
 * World x runs east and y south, so x + y is constant along a line rising to the right. Records x
 * at each crossing, half open: a corner on a line counts once.
 */
function crossEdge(from: Position, to: Position, step: number, crossings: Map<number, number[]>) {
  const [ax, ay] = toWorld(from);
  const [bx, by] = toWorld(to);
  const a = (ax + ay) / step;
  const b = (bx + by) / step;
  if (a === b) return;
  const first = Math.ceil(Math.min(a, b));
  for (let line = first; line < Math.max(a, b); line += 1) {
    const x = ax + ((bx - ax) * (line - a)) / (b - a);
    const found = crossings.get(line);
    if (found) found.push(x);
    else crossings.set(line, [x]);
  }
}

function toWorld([lng, lat]: Position): [number, number] {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [lng / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

function fromWorld(x: number, y: number): Position {
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
  return [(x - 0.5) * 360, lat];
}

/** Layers whose id begins so never go on paper or into a file (SAFEGUARDS 6). */
const keepClearPrefix = "keep-clear";

/** Across the lines, as the style sheet's hatch (`--hatch-step`). */
export const hatchStepPx = 7;

/** MapLibre's world is 512 pixels wide at zoom 0. */
const worldPx = 512;
