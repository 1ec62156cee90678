import { expect, test } from "vitest";
import { cellAt, cellCentre, disk } from "#core/geo/cell.ts";
import { countNear, createFactorIndex, factorShares } from "#core/places/layers/near.ts";

test("each place is in one of three groups, and counts once however many factors it has", () => {
  const near = new Map([["stop", [3, 0, 1, 0, 2, 0]]] as const);
  const [stop] = factorShares({ near, hot: [1, 1, 0, 0, 0, 0], counts: [5, 0, 2, 1, 0, 0] });
  expect(stop).toEqual({
    kind: "stop",
    groups: {
      hot: { places: 2, withAny: 1, factors: 3 },
      reported: { places: 2, withAny: 1, factors: 1 },
      empty: { places: 2, withAny: 1, factors: 2 },
    },
  });
});

test("without hot places, and without any places, there are zeros and no NaN", () => {
  const near = new Map([["stop", []]] as const);
  const none = { places: 0, withAny: 0, factors: 0 };
  expect(factorShares({ near, hot: [], counts: [] })).toEqual([
    { kind: "stop", groups: { hot: none, reported: none, empty: none } },
  ]);
});

test("counting says how far it is, and the same cell by cell", () => {
  const middle = cellAt([-0.0635, 51.617], 10);
  const cells = disk(middle, 10);
  const [lng, lat] = cellCentre(middle);
  const factors = [
    { shape: "point" as const, label: null, line: [[lng, lat] as [number, number]] },
  ];
  const index = createFactorIndex({ kinds: [{ kind: "stop", factors }] });
  const heard: number[] = [];
  const near = countNear(cells, index, (done) => heard.push(done));
  expect(heard).toEqual([0, 200]);
  const stops = near.get("stop") ?? [];
  expect(cells.map((_, at) => stops[at])).toEqual(cells.map((cell) => index.near(cell).length));
  expect(stops[cells.indexOf(middle)]).toBe(1);
});
