import { expect, test } from "vitest";
import { bearing, placeEdges } from "#client/displacement/compass.ts";
import { estimateWords, intervalWords, reachOf } from "#client/displacement/VerdictMark.tsx";
import { cellAt, metresBetween, middleOfCells, type Position } from "#core/geo/cell.ts";

const centre: Position = [-0.08, 51.63];

test("bearings run clockwise from north", () => {
  expect(bearing(centre, [-0.08, 51.7])).toBeCloseTo(0);
  expect(bearing(centre, [0.1, 51.63])).toBeCloseTo(90);
  expect(bearing(centre, [-0.08, 51.5])).toBeCloseTo(180);
  expect(bearing(centre, [-0.3, 51.63])).toBeCloseTo(270);
});

test("edges stand clockwise, the one through the command last", () => {
  const places: Record<string, Position> = {
    Camden: [-0.15, 51.57],
    Broxbourne: [-0.05, 51.69],
    "Waltham Forest": [-0.03, 51.6],
    Hertsmere: [-0.15, 51.69],
    "Enfield-Haringey": [-0.08, 51.61],
    Barnet: [-0.17, 51.62],
  };
  const areas = Object.keys(places).map((name) => {
    const kind = name.includes("-") ? ("borough" as const) : ("neighbour" as const);
    return { code: name, name, kind, inCommand: false, polygons: [] };
  });
  const edges = Object.entries(places).map(([neighbour, at]) => {
    return { neighbour, inner: [cellAt(at, 10)], outer: [] };
  });
  const placed = placeEdges({ areas }, { edges, zones: { edges } });
  expect(placed.map(({ item }) => item.neighbour)).toEqual([
    "Broxbourne",
    "Waltham Forest",
    "Camden",
    "Barnet",
    "Hertsmere",
    "Enfield-Haringey",
  ]);
  expect(placed.map(({ side }) => side)).toEqual([
    "east",
    "east",
    "west",
    "west",
    "west",
    "within",
  ]);
});

test("the middle of cells lies among them", () => {
  expect(metresBetween(middleOfCells([cellAt(centre, 10)]), centre)).toBeLessThan(80);
});

test("an edge without cells has no place for its number", () => {
  const edges = [{ neighbour: "Camden" }];
  const [placed] = placeEdges({ areas: [] }, { edges, zones: { edges: [] } });
  expect(placed).toEqual({ item: edges[0], cells: [], at: null, side: "within", order: 1 });
});

test("intervals are said in words, and not at all where one cannot tell", () => {
  const row = (low: number | null, high: number | null, verdict = "no_clear_change" as const) => ({
    low,
    high,
    verdict,
  });
  expect(intervalWords(row(-14.1, 24.2))).toBe("14 fewer to 24 more");
  expect(intervalWords(row(63.4, 122.3))).toBe("63 to 122 more");
  expect(intervalWords(row(-175, -43))).toBe("43 to 175 fewer");
  expect(intervalWords({ low: -2, high: 3, verdict: "cannot_tell" })).toBeNull();
  expect(intervalWords(row(null, null))).toBeNull();
  expect(estimateWords(-0.4)).toBe("as expected");
  expect(estimateWords(92.9)).toBe("93 more");
});

test("all bars share one round scale, made by those that can tell alone", () => {
  expect(
    reachOf([
      { low: -14, high: 122, verdict: "rise" },
      { low: -900, high: 3, verdict: "cannot_tell" },
    ]),
  ).toBe(200);
  expect(reachOf([])).toBe(10);
});
