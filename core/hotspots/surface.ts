import type { Position } from "#core/geo/cell.ts";
import { createPlane, type Plane } from "#core/geo/plane.ts";
import { surfaceMetres } from "#core/hotspots/surface-words.ts";
import { createKernel } from "#core/stats/density.ts";
import { createPointGrid, type PointGrid } from "#core/stats/point-grid.ts";

/** Side of a pixel; the surface is drawn smoothly between them. */
const pixelMetres = 40;
/** A wide area gets coarser pixels, never more of them. */
const mostPixels = 250_000;

interface SurfaceGrid {
  readonly width: number;
  readonly height: number;
  /** West, south, east, north. Rows are equally far apart on the Web Mercator map, the first in the north. */
  readonly bounds: readonly [number, number, number, number];
}

export interface Surface extends SurfaceGrid {
  /** Events per square kilometre of each pixel, row by row; -1 outside the study set. */
  readonly density: Float32Array;
}

export interface SurfaceGround {
  /** Centres of the cells, in degrees. */
  readonly lng: Float64Array;
  readonly lat: Float64Array;
  readonly cellM2: number;
  /** West, south, east, north of all cells. */
  readonly bounds: readonly [number, number, number, number];
}

export type Smoother = (weights: ArrayLike<number>) => Surface;

/**
 * Kernel density (quartic, Silverman 1986) of weights at cell centres. Edge-corrected by the share
 * of the kernel inside the study set (Diggle 1985), so that it does not sink towards the boundary.
 */
export function createSmoother(ground: SurfaceGround): Smoother {
  const { lng, lat, bounds, cellM2 } = ground;
  const plane = createPlane([lng[0] ?? 0, lat[0] ?? 0]);
  const x = new Float64Array(lng.length);
  const y = new Float64Array(lng.length);
  for (let cell = 0; cell < lng.length; cell += 1) {
    const [east, north] = plane.toPlane([lng[cell] as number, lat[cell] as number]);
    x[cell] = east;
    y[cell] = north;
  }
  const kernel = createKernel("quartic", surfaceMetres);
  const grid = gridOver(bounds, plane);
  const index = createPointGrid(x, y, kernel.reach);
  // On an endless sheet of cells, kernel values sum to one over a cell's area.
  const near = nearPixels({ grid, plane, index, whole: 1 / cellM2, kernelAt: kernel.at });
  return (weights) => ({ ...grid, density: smooth(near, weights) });
}

/** For each pixel inside, nearby cells and their kernel share, as compressed sparse rows. */
interface Near {
  readonly offsets: Uint32Array;
  readonly cells: Uint32Array;
  readonly shares: Float32Array;
  readonly isInside: Uint8Array;
}

/** A pixel is inside the set up to this far from the nearest centre. */
const cellReachM = 76;
const squareKm = 1e6;

interface Around {
  readonly grid: SurfaceGrid;
  readonly plane: Plane;
  readonly index: PointGrid;
  readonly kernelAt: (squared: number) => number;
  /** Sum of the kernel over the centres of cells without an edge. */
  readonly whole: number;
}

function nearPixels({ grid, plane, index, kernelAt, whole }: Around): Near {
  const { width, height } = grid;
  const offsets = new Uint32Array(width * height + 1);
  const isInside = new Uint8Array(width * height);
  const cells: number[] = [];
  const shares: number[] = [];
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [x, y] = plane.toPlane(positionOf(grid, pixel % width, Math.floor(pixel / width)));
    const first = cells.length;
    let mass = 0;
    let nearest = Number.POSITIVE_INFINITY;
    index.near(x, y, (cell, squared) => {
      const value = kernelAt(squared);
      nearest = Math.min(nearest, squared);
      mass += value;
      cells.push(cell);
      shares.push(value * squareKm);
    });
    if (nearest <= cellReachM ** 2) {
      isInside[pixel] = 1;
      const correction = Math.min(1, mass / whole);
      for (let at = first; at < shares.length; at += 1) {
        shares[at] = (shares[at] as number) / correction;
      }
    } else {
      cells.length = first;
      shares.length = first;
    }
    offsets[pixel + 1] = cells.length;
  }
  return { offsets, cells: Uint32Array.from(cells), shares: Float32Array.from(shares), isInside };
}

function smooth({ offsets, cells, shares, isInside }: Near, weights: ArrayLike<number>) {
  return Float32Array.from(isInside, (inside, pixel) => {
    if (inside === 0) return -1;
    let sum = 0;
    const end = offsets[pixel + 1] as number;
    for (let at = offsets[pixel] as number; at < end; at += 1) {
      sum += (weights[cells[at] as number] as number) * (shares[at] as number);
    }
    return sum;
  });
}

function gridOver(bounds: SurfaceGrid["bounds"], plane: Plane): SurfaceGrid {
  const [west, south, east, north] = bounds;
  const [left, bottom] = plane.toPlane([west, south]);
  const [right, top] = plane.toPlane([east, north]);
  const area = (right - left) * (top - bottom);
  const side = Math.max(pixelMetres, Math.sqrt(area / mostPixels));
  return {
    width: Math.max(1, Math.ceil((right - left) / side)),
    height: Math.max(1, Math.ceil((top - bottom) / side)),
    bounds,
  };
}

function positionOf({ width, height, bounds }: SurfaceGrid, column: number, row: number): Position {
  const [west, south, east, north] = bounds;
  const y = mercatorY(north) + ((mercatorY(south) - mercatorY(north)) * (row + 0.5)) / height;
  const lat = (Math.atan(Math.sinh(y)) * 180) / Math.PI;
  return [west + ((east - west) * (column + 0.5)) / width, lat];
}

function mercatorY(lat: number): number {
  return Math.asinh(Math.tan((lat * Math.PI) / 180));
}
