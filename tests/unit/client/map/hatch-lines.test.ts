import { expect, test } from "vitest";
import { hatchLines, hatchStepPx } from "#client/map/layers/keep-clear-layer.ts";
import { cellAt, cellRing, disk, outlineOf, type Position } from "#core/geo/cell.ts";

const zoom = 13;
const cells = disk(cellAt([-0.0635, 51.617], 10), 3);
const rings = outlineOf(cells).flat();

/** Pixels on screen at the zoom, from the projection's own definition. */
function toScreen([lng, lat]: Position): [number, number] {
  const world = 512 * 2 ** zoom;
  const rise = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
  return [(lng / 360 + 0.5) * world, (0.5 - rise / (2 * Math.PI)) * world];
}

test("every line rises at 45 degrees on screen", () => {
  const lines = hatchLines(rings, zoom);
  expect(lines.length).toBeGreaterThan(20);
  for (const [from, to] of lines) {
    const [ax, ay] = toScreen(from as Position);
    const [bx, by] = toScreen(to as Position);
    expect(Math.abs(bx - ax + (by - ay))).toBeLessThan(1e-4);
  }
});

test("lines stand at the step of the style sheet, at every zoom", () => {
  for (const at of [11, 13, 13.4, 16]) {
    const scale = 2 ** (at - zoom);
    const offsets = hatchLines(rings, at).map(([from]) => {
      const [x, y] = toScreen(from as Position);
      return ((x + y) * scale) / Math.SQRT2;
    });
    const distinct = [...new Set(offsets.map((offset) => Math.round(offset / hatchStepPx)))];
    for (const offset of offsets) {
      expect(Math.abs(offset / hatchStepPx - Math.round(offset / hatchStepPx))).toBeLessThan(1e-3);
    }
    expect(distinct.length).toBeGreaterThan(1);
  }
});

test("lines fill the shape and nothing outside it: their length times the step is its area", () => {
  const length = hatchLines(rings, 17).reduce((sum, [from, to]) => {
    const [ax, ay] = toScreen(from as Position);
    const [bx, by] = toScreen(to as Position);
    return sum + Math.hypot(bx - ax, by - ay) * 16;
  }, 0);
  const area = cells.reduce((sum, cell) => sum + shoelace(cellRing(cell)), 0) * 16 * 16;
  expect((length * hatchStepPx) / area).toBeGreaterThan(0.98);
  expect((length * hatchStepPx) / area).toBeLessThan(1.02);
});

test("a hole stays bare", () => {
  const ring = disk(cells[0] ?? cellAt([0, 0], 10), 1).slice(1);
  const holed = outlineOf(ring).flat();
  const inner = shoelace(cellRing(cells[0] ?? cellAt([0, 0], 10)));
  const length = hatchLines(holed, 17).reduce((sum, [from, to]) => {
    const [ax, ay] = toScreen(from as Position);
    const [bx, by] = toScreen(to as Position);
    return sum + Math.hypot(bx - ax, by - ay) * 16;
  }, 0);
  expect((length * hatchStepPx) / (inner * 256)).toBeCloseTo(6, 0);
});

function shoelace(ring: readonly Position[]): number {
  const points = ring.map(toScreen);
  let twice = 0;
  points.forEach(([x, y], index) => {
    const [nextX, nextY] = points[(index + 1) % points.length] as [number, number];
    twice += x * nextY - nextX * y;
  });
  return Math.abs(twice) / 2;
}
