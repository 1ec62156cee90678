import { expect, test } from "vitest";
import { cellAt, eventResolution, type Position } from "#core/geo/cell.ts";
import { createPlane } from "#core/geo/plane.ts";
import { isInsidePolygons } from "#core/geo/point-in-polygon.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { groundFault, type Outline } from "#core/protected-time/ground.ts";
import { readLatticePlace, snapToLattice } from "#core/protected-time/lattice.ts";
import { createRandom, type Random } from "#core/random.ts";
import { bundledGround } from "#tests/support/bundled-places.ts";
import { runsOf } from "#tests/support/runs.ts";

test("random areas and routes: the true area is inside the footprint always, and inside the lattice", () => {
  const random = createRandom(20211127);
  const open: string[] = [];
  for (let index = 0; index < runsOf(200, 30); index += 1) {
    const outline = randomOutline(random);
    const place = snapToLattice(outline);
    const held = new Set<string>(footprintOf(place));
    const lattice = new Set<string>(place.lattice);
    for (const point of pointsOf(outline)) {
      const isOfLattice = place.kind === "circle" || lattice.has(cellAt(point, 9));
      if (!(held.has(cellAt(point, eventResolution)) && isOfLattice))
        open.push(`${index}: ${point.join()}`);
    }
    expect(readLatticePlace(place, bundledGround())).toEqual({ ok: true, value: place });
  }
  expect(open).toEqual([]);
});

/** A route of two to eight corners, or a star-shaped area, of every size that is allowed. */
function randomOutline(random: Random): Outline {
  for (;;) {
    const outline = random.next() < 0.5 ? randomWay(random) : randomArea(random);
    if (groundFault(outline, bundledGround()) === null) return outline;
  }
}

function randomWay(random: Random): Outline {
  const plane = createPlane(randomPlace(random));
  let [x, y] = [0, 0];
  let angle = 2 * Math.PI * random.next();
  const corners: Position[] = [plane.toPosition([0, 0])];
  for (let left = 1 + random.integer(7); left > 0; left -= 1) {
    angle += (random.next() - 0.5) * 2.5;
    const step = 30 + 600 * random.next();
    x += step * Math.cos(angle);
    y += step * Math.sin(angle);
    corners.push(plane.toPosition([x, y]));
  }
  return { kind: "corridor", corners, halfWidthM: 25 + random.integer(226) };
}

function randomArea(random: Random): Outline {
  const plane = createPlane(randomPlace(random));
  const count = 3 + random.integer(9);
  const size = 40 + 1_300 * random.next() ** 2;
  const corners = Array.from({ length: count }, (_, index): Position => {
    const angle = (2 * Math.PI * (index + 0.6 * random.next())) / count;
    const radius = size * (0.3 + 0.7 * random.next());
    return plane.toPosition([radius * Math.cos(angle), radius * Math.sin(angle)]);
  });
  return { kind: "area", corners };
}

function randomPlace(random: Random): Position {
  return [-0.0644 + 0.06 * (random.next() - 0.5), 51.6147 + 0.04 * (random.next() - 0.5)];
}

/** Points of the true area: on every edge, to both sides of a route, all over an area. */
function pointsOf(outline: Outline): Position[] {
  const { kind, corners } = outline;
  return [...corners, ...besideEdges(outline), ...(kind === "area" ? insideOf(corners) : [])];
}

function besideEdges(outline: Outline): Position[] {
  const { kind, corners } = outline;
  const plane = createPlane(corners[0] as Position);
  const flat = corners.map(plane.toPlane);
  const points: Position[] = [];
  const edges = kind === "area" ? flat.length : flat.length - 1;
  for (let index = 0; index < edges; index += 1) {
    const [x, y] = flat[index] as readonly [number, number];
    const [toX, toY] = flat[(index + 1) % flat.length] as readonly [number, number];
    const length = Math.hypot(toX - x, toY - y);
    const side = outline.kind === "corridor" ? 0.995 * outline.halfWidthM : 0;
    for (let step = 0; step <= 20; step += 1) {
      for (const away of [-side, 0, side]) {
        const along = step / 20;
        points.push(
          plane.toPosition([
            x + along * (toX - x) - (away * (toY - y)) / length,
            y + along * (toY - y) + (away * (toX - x)) / length,
          ]),
        );
      }
    }
  }
  return points;
}

function insideOf(corners: readonly Position[]): Position[] {
  const points: Position[] = [];
  const [lngs, lats] = [corners.map(([lng]) => lng), corners.map(([, lat]) => lat)];
  for (let column = 0; column < 15; column += 1) {
    for (let row = 0; row < 15; row += 1) {
      const at: Position = [
        Math.min(...lngs) + ((Math.max(...lngs) - Math.min(...lngs)) * column) / 14,
        Math.min(...lats) + ((Math.max(...lats) - Math.min(...lats)) * row) / 14,
      ];
      if (isInsidePolygons(at, [[corners]])) points.push(at);
    }
  }
  return points;
}
