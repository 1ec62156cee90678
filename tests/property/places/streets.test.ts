import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { cellAt, cellCentre, cellRing, type H3Cell, type Position } from "#core/geo/cell.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import { createCellWalk } from "#core/places/streets/cells-crossed.ts";
import { arcEnd, type StreetGraph } from "#core/places/streets/graph.ts";
import { modeNetwork } from "#core/places/streets/ground.ts";
import {
  type StreetLine,
  type StreetMode,
  streetModes,
  streetSpeeds,
} from "#core/places/streets/line.ts";
import { createRouter, isStreetFault } from "#core/places/streets/route.ts";
import { readGraph, writeGraph } from "#server/places/streets/kept-file.ts";
import { runsOf, someTries } from "#tests/support/runs.ts";
import { matrixOf, place, street } from "#tests/support/streets.ts";

/** Corners of a small lattice, so that lines meet, cross and lie on one another. */
const corner = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }));
const line = fc
  .record({
    corners: fc.array(corner, { minLength: 2, maxLength: 5 }),
    name: fc.constantFrom(null, "Fore Street", "Hertford Road"),
    class: fc.constantFrom("main", "street", "service", "path", "motorway"),
    oneWay: fc.constantFrom(-1, 0, 0, 1),
  })
  .map(({ corners, ...more }): StreetLine => street(corners, more as Partial<StreetLine>));
/** Along the lattice from corner to corner: nothing meets but where both have a vertex. */
const stepwise = fc
  .record({
    from: corner,
    steps: fc.array(fc.constantFrom([0, 1], [1, 0], [0, -1], [-1, 0]), {
      minLength: 1,
      maxLength: 6,
    }),
    class: fc.constantFrom("main", "street", "service", "path", "motorway"),
    oneWay: fc.constantFrom(-1, 0, 0, 1),
  })
  .map(({ from, steps, ...more }): StreetLine => {
    const corners = [from];
    for (const [east = 0, north = 0] of steps) {
      const [x, y] = corners.at(-1) ?? from;
      corners.push([x + east, y + north]);
    }
    return street(corners, more as Partial<StreetLine>);
  });
const network = fc.array(line, { minLength: 1, maxLength: 14 });
const mode = fc.constantFrom(...streetModes);
const spot = fc
  .tuple(
    fc.double({ min: -0.4, max: 5.4, noNaN: true }),
    fc.double({ min: -0.4, max: 5.4, noNaN: true }),
  )
  .map(([east, north]) => place(east, north));

const degree = fc.double({ min: -0.02, max: 0.02, noNaN: true });
const wild = fc.array(
  fc.tuple(degree, degree).map(([lng, lat]): Position => [-0.06 + lng, 51.62 + lat]),
  { minLength: 1, maxLength: 4 },
);

test.prop([wild], someTries)("a line crosses every cell that a point of it lies in", (points) => {
  const crossed = new Set(createCellWalk()(points));
  for (const at of samples(points, runsOf(4_000, 200))) expect(crossed).toContain(cellAt(at, 10));
});

test.prop([wild], someTries)(
  "a line comes within a centimetre of every cell that it crosses",
  (points) => {
    for (const cell of createCellWalk()(points)) expect(comesNear(points, cell)).toBe(true);
  },
);

/** Along the sides of cells and through their corners, where rounding decides. */
test.prop([degree, degree, fc.integer({ min: 0, max: 5 }), fc.boolean()], someTries)(
  "a line along the side of a cell crosses both of its cells",
  (lng, lat, side, isReversed) => {
    const cell = cellAt([-0.06 + lng, 51.62 + lat], 10);
    const ring = cellRing(cell);
    const ends = [ring[side] as Position, ring[side + 1] as Position];
    const crossed = createCellWalk()(isReversed ? ends.toReversed() : ends);
    expect(crossed).toContain(cell);
    expect(crossed.length).toBeGreaterThanOrEqual(2);
  },
);

test.prop([network], someTries)(
  "a graph has all of its lines once, and no two segments that could be one",
  (lines) => {
    const graph = buildGraph(lines);
    const metres = graph.metres.reduce((sum, one) => sum + one, 0);
    expect(metres).toBeCloseTo(stretchesOf(lines).size === 0 ? 0 : lengthOf(lines), 5);
    expect(readGraph(writeGraph(graph))).toEqual(graph);
    for (let node = 0; node < graph.nodeCount; node += 1) {
      const arcs = [...graph.arcs.subarray(graph.arcStart[node], graph.arcStart[node + 1])];
      const [one = 0, other = 0] = arcs.map((arc) => arc >> 1);
      if (arcs.length !== 2 || one === other) continue;
      const into = (arc: number) => (graph.oneWay[arc >> 1] === 0 ? 0 : 1 - 2 * (arc & 1));
      const kinds = [one, other].map((at) => [graph.name[at], graph.classes[at]].join());
      const goesOn = kinds[0] === kinds[1] && into(arcs[0] ?? 0) === -into(arcs[1] ?? 0);
      expect(goesOn).toBe(false);
    }
  },
);

test.prop(
  [network, mode, fc.array(spot, { minLength: 2, maxLength: 5 }), fc.array(spot, { maxLength: 3 })],
  {
    numRuns: runsOf(500, 10),
  },
)(
  "a way costs what its row says, and no place of it lies in an avoided cell",
  (lines, how, stops, closed) => {
    const graph = buildGraph(lines);
    const router = createRouter(graph, streetSpeeds);
    const cells = new Set(closed.map((at) => cellAt(at, 10)));
    const avoid = (cell: H3Cell) => cells.has(cell);
    const row = router.row(how, { withinMetres: 1_000, avoid });
    stops.forEach((from, start) => {
      const seconds = row(from, stops);
      stops.forEach((to, column) => {
        const found = router.route(from, to, how, avoid);
        const entry = seconds[column] as number;
        if (isStreetFault(found)) {
          if (start !== column) expect(entry).toBe(Infinity);
          return;
        }
        expect(entry).toBeCloseTo(found.seconds, 6);
        expect(found.cells.some(avoid)).toBe(false);
        const crossed = new Set(found.cells);
        for (const at of samples(found.line, runsOf(400, 30))) {
          expect(cells.has(cellAt(at, 10))).toBe(false);
          expect(crossed).toContain(cellAt(at, 10));
        }
      });
    });
  },
);

test.prop([fc.array(stepwise, { minLength: 1, maxLength: 25 }), mode], {
  numRuns: runsOf(300, 15),
})(
  "between all junctions of the largest part the matrix is that of Floyd and Warshall",
  (lines, how) => {
    const graph = buildGraph(lines);
    const { parts, mayUse } = modeNetwork(graph, streetSpeeds, how);
    const nodes = Array.from({ length: graph.nodeCount }, (_, node) => node).filter(
      (node) =>
        parts.largest >= 0 && parts.of[node] === parts.largest && isMet(graph, node, mayUse),
    );
    const all = floyd(graph, how);
    const router = createRouter(graph, streetSpeeds);
    const at = nodes.map(
      (node): Position => [(graph.nodeX[node] ?? 0) / 1e7, (graph.nodeY[node] ?? 0) / 1e7],
    );
    const seconds = matrixOf(router, at, how);
    nodes.forEach((from, row) => {
      nodes.forEach((to, column) => {
        const wanted = all[from * graph.nodeCount + to] as number;
        expect(seconds[row * nodes.length + column]).toBeCloseTo(wanted, 6);
      });
    });
  },
);

function isMet(graph: StreetGraph, node: number, mayUse: (segment: number) => boolean): boolean {
  const arcs = [...graph.arcs.subarray(graph.arcStart[node], graph.arcStart[node + 1])];
  return arcs.some((arc) => mayUse(arc >> 1));
}

function floyd(graph: StreetGraph, how: StreetMode): Float64Array {
  const { nodeCount } = graph;
  const { seconds } = modeNetwork(graph, streetSpeeds, how);
  const all = new Float64Array(nodeCount * nodeCount).fill(Infinity);
  for (let node = 0; node < nodeCount; node += 1) all[node * nodeCount + node] = 0;
  seconds.forEach((cost, arc) => {
    const at = arcEnd(graph, arc ^ 1) * nodeCount + arcEnd(graph, arc);
    all[at] = Math.min(all[at] as number, cost);
  });
  for (let via = 0; via < nodeCount; via += 1) {
    for (let from = 0; from < nodeCount; from += 1) {
      for (let to = 0; to < nodeCount; to += 1) {
        const through =
          (all[from * nodeCount + via] as number) + (all[via * nodeCount + to] as number);
        if (through < (all[from * nodeCount + to] as number)) all[from * nodeCount + to] = through;
      }
    }
  }
  return all;
}

/** Pieces between two corners, each once, whatever its direction. */
function stretchesOf(lines: readonly StreetLine[]): Map<string, [Position, Position]> {
  const all = new Map<string, [Position, Position]>();
  for (const { line: points } of lines) {
    points.slice(1).forEach((to, index) => {
      const from = points[index] as Position;
      const key = [from, to].map(String).sort().join(" ");
      if (String(from) !== String(to)) all.set(key, [from, to]);
    });
  }
  return all;
}

function lengthOf(lines: readonly StreetLine[]): number {
  return [...stretchesOf(lines).values()].reduce((sum, [from, to]) => {
    const graph = buildGraph([{ line: [from, to], name: null, class: "street", oneWay: 0 }]);
    return sum + (graph.metres[0] ?? 0);
  }, 0);
}

function* samples(points: readonly Position[], count: number): Generator<Position> {
  for (let index = 0; index + 1 < Math.max(2, points.length); index += 1) {
    const [ax, ay] = points[index] as Position;
    const [bx, by] = points[index + 1] ?? [ax, ay];
    for (let step = 0; step <= count; step += 1) {
      const share = step / count;
      yield [ax + share * (bx - ax), ay + share * (by - ay)];
    }
  }
}

/** Whether a point of the line is in the cell or nearer to it than a centimetre, by ever finer steps. */
function comesNear(points: readonly Position[], cell: H3Cell): boolean {
  const centre = cellCentre(cell);
  const isNear = (at: Position) =>
    cellAt(at, 10) === cell || cellAt(towards(at, centre, 0.01), 10) === cell;
  const parts = points.length < 2 ? 1 : points.length - 1;
  for (let index = 0; index < parts; index += 1) {
    const piece = [points[index] as Position, points[index + 1] ?? (points[index] as Position)];
    const close = [...samples(piece, 40_000)].filter(
      (at) => Math.hypot((at[0] - centre[0]) * 69_000, (at[1] - centre[1]) * 111_000) < 90,
    );
    if (close.some(isNear)) return true;
  }
  return false;
}

function towards([x, y]: Position, [cx, cy]: Position, metres: number): Position {
  const length = Math.hypot((cx - x) * 69_000, (cy - y) * 111_000);
  const share = length === 0 ? 0 : metres / length;
  return [x + share * (cx - x), y + share * (cy - y)];
}
