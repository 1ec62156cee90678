import { describe, expect, test } from "vitest";
import { cellAt, type H3Cell, type Position } from "#core/geo/cell.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import { type StreetLine, type StreetMode, streetSpeeds } from "#core/places/streets/line.ts";
import { createNearest } from "#core/places/streets/nearest.ts";
import {
  createRouter,
  isStreetFault,
  type StreetFault,
  type StreetRoute,
} from "#core/places/streets/route.ts";
import { blockOf, matrixOf, place, street } from "#tests/support/streets.ts";

const edmonton = [
  street("0 0, 0 2, 0 4", { name: "Fore Street", class: "main" }),
  street("0 2, -3 2", { name: "Sebastopol Road", oneWay: 1 }),
  street("-3 2, -3 4, 0 4", { class: "path" }),
];

function answer(
  lines: readonly StreetLine[],
  from: Position,
  to: Position,
  mode: StreetMode = "foot",
  avoid?: (cell: H3Cell) => boolean,
): StreetRoute | StreetFault {
  return createRouter(buildGraph(lines), streetSpeeds).route(from, to, mode, avoid);
}

function way(...asked: Parameters<typeof answer>): StreetRoute {
  const found = answer(...asked);
  if (isStreetFault(found)) throw new Error(found.fault);
  return found;
}

describe("a way", () => {
  test("begins and ends at the nearest place on the nearest street, not at a junction", () => {
    const found = way(edmonton, place(0.2, 0.5), place(-1.5, 2.3));
    expect(found.metres).toBeCloseTo(300, -0.5);
    expect(found.line[0]?.[1]).toBeCloseTo(place(0, 0.5)[1], 5);
    expect(found.line.at(-1)?.[0]).toBeCloseTo(place(-1.5, 2)[0], 5);
    expect(found.offStreet.map(Math.round)).toEqual([20, 30]);
    expect(found.seconds).toBeCloseTo(found.metres / (4.8 / 3.6), 6);
  });

  test("is told in words and names", () => {
    const found = way(edmonton, place(0, 0.5), place(-3, 3));
    expect(found.words).toBe("north on Fore Street, left into Sebastopol Road, right onto a path");
    expect(found.names).toEqual(["Fore Street", "Sebastopol Road"]);
    expect(way(edmonton, place(-3, 3.5), place(-3, 3)).words).toBe("south on a path");
  });

  test("says how far an end lies from its street where that is out of sight", () => {
    const end = place(-1.5, 2.3);
    expect(way(edmonton, place(0.59, 0.5), end).words).toMatch(/ Sebastopol Road$/);
    expect(way(edmonton, place(0.61, 0.5), end).words).toMatch(
      / Sebastopol Road; the start is 61 m from the nearest street$/,
    );
    expect(way(edmonton, place(4, 0.5), place(-1.5, 1.3)).words).toMatch(
      /; the start is 400 m and the end is 70 m from the nearest street$/,
    );
  });

  test("has the cells of its line, both ends included", () => {
    const { line, cells } = way(edmonton, place(0, 0.5), place(-3, 3));
    expect(cells[0]).toBe(cellAt(line[0] as Position, 10));
    expect(cells.at(-1)).toBe(cellAt(line.at(-1) as Position, 10));
    expect(new Set(cells).size).toBe(cells.length);
  });

  test("of vehicles keeps to one-way streets and off paths; cycles and feet need not", () => {
    const [from, to] = [place(-2, 2), place(0, 1)];
    expect(way(edmonton, from, to, "foot").metres).toBeCloseTo(300, -0.5);
    expect(way(edmonton, from, to, "cycle").metres).toBeCloseTo(300, -0.5);
    expect(answer(edmonton, from, to, "vehicle")).toMatchObject({ kind: "apart" });
    expect(way(edmonton, to, from, "vehicle").metres).toBeCloseTo(300, -0.5);
  });

  test("on foot and on a cycle keeps off motorways", () => {
    const lines = [street("0 0, 5 0", { class: "motorway" }), street("0 0, 0 3, 5 3, 5 0")];
    expect(way(lines, place(0, 0.5), place(5, 0.5), "foot").metres).toBeGreaterThan(900);
    expect(way(lines, place(0, 0.5), place(5, 0.5), "vehicle").metres).toBeCloseTo(600, -1);
  });

  test("takes the least time, not the least metres", () => {
    const lines = [
      street("0 0, 4 0", { class: "service" }),
      street("0 0, 0 1, 4 1, 4 0", { class: "main" }),
    ];
    const found = way(lines, place(0, 0), place(4, 0), "vehicle");
    expect(found.metres).toBeCloseTo(600, -1);
    expect(found.seconds).toBeCloseTo(found.metres / (30 / 3.6), 6);
  });

  test("stays on the segment where that is all it needs", () => {
    const found = way(edmonton, place(0, 0.3), place(0, 1.8));
    expect(found.metres).toBeCloseTo(150, 0);
    expect(way(edmonton, place(0, 1), place(0, 1))).toMatchObject({ metres: 0, seconds: 0 });
  });

  test("begins on the streets that lead everywhere, even where an island is nearer", () => {
    const lines = [...blockOf(4), street("1.3 1.4, 1.6 1.4", { name: "Island" })];
    expect(way(lines, place(1.45, 1.45), place(3, 3)).names).not.toContain("Island");
    const far = [...blockOf(2), street("9 9, 9.5 9"), street("20 9, 20.5 9")];
    expect(answer(far, place(9, 9), place(0, 0))).toMatchObject({ kind: "apart" });
    expect(way(far, place(9, 9), place(9.4, 9)).metres).toBeCloseTo(40, -0.5);
  });
});

describe("what is avoided", () => {
  const block = blockOf(8);
  const cellsAt = (...at: Position[]) => {
    const cells = new Set(at.map((one) => cellAt(one, 10)));
    return (cell: H3Cell) => cells.has(cell);
  };

  test("is gone around", () => {
    const free = way(block, place(0, 3), place(7, 3));
    const avoid = cellsAt(place(3.5, 3));
    const around = way(block, place(0, 3), place(7, 3), "foot", avoid);
    expect(free.cells.some(avoid)).toBe(true);
    expect(around.cells.some(avoid)).toBe(false);
    expect(around.metres).toBeGreaterThan(free.metres);
  });

  test("leaves the rest of a street to begin on", () => {
    const long = [street("0 0, 10 0", { name: "Long Lane" })];
    const avoid = cellsAt(place(9, 0));
    expect(way(long, place(0, 0), place(6, 0), "foot", avoid).metres).toBeCloseTo(600, -1);
    expect(answer(long, place(0, 0), place(10, 0), "foot", avoid)).toMatchObject({
      kind: "closed",
    });
  });

  test("closes a dead end with a venue on it, and is said so", () => {
    const lines = [...blockOf(4), street("3 1, 8 1", { name: "Dead End" })];
    const found = answer(lines, place(8, 1), place(0, 0), "foot", cellsAt(place(5, 1)));
    expect(found).toEqual({
      kind: "closed",
      fault: expect.stringMatching(
        /^Every way on foot from 51\.6\d+, -0\.0\d+ to .+ goes through closed ground\.$/,
      ),
    });
  });

  test("is kept out of rows too", () => {
    const router = createRouter(buildGraph(block), streetSpeeds);
    const stops = [place(0, 3), place(7, 3), place(2.4, 5)];
    const avoid = cellsAt(place(3.5, 3));
    for (const rule of [undefined, avoid]) {
      const row = router.row("foot", { withinMetres: 1_000, ...(rule && { avoid: rule }) });
      stops.forEach((from) => {
        const seconds = row(from, stops);
        stops.forEach((to, column) => {
          const one = router.route(from, to, "foot", rule);
          const other = isStreetFault(one) ? Infinity : one.seconds;
          expect(seconds[column]).toBeCloseTo(other, 6);
        });
      });
    }
  });
});

describe("no way", () => {
  test("where no street is near", () => {
    expect(answer(edmonton, place(40, 0), place(0, 0))).toEqual({
      kind: "far",
      fault: "There is no street on foot within 1000 m of 51.61790, -0.00530.",
    });
    expect(answer([], place(0, 0), place(0, 1))).toMatchObject({ kind: "far" });
    const nowhere = createRouter(buildGraph([]), streetSpeeds);
    expect([...matrixOf(nowhere, [place(0, 0), place(0, 1)], "foot")]).toEqual([
      0,
      Infinity,
      Infinity,
      0,
    ]);
  });
});

test("the nearest segment within reach is told with metres along it", () => {
  const nearest = createNearest(buildGraph(edmonton));
  const found = nearest.segmentAt(place(-0.25, 1), 30);
  expect([Math.round(found?.metres ?? 0), Math.round(found?.along ?? 0)]).toEqual([25, 100]);
  expect(nearest.segmentAt(place(-0.35, 1), 30)).toBeNull();
});

test("speeds on the street are those of patrols", () => {
  for (const mode of ["foot", "cycle", "vehicle"] as const) {
    expect(streetSpeeds[mode].street).toBe(patrolDefaults.modes[mode].kmh);
  }
});
