import { expect, test } from "vitest";
import { drawFootprint } from "#core/blackouts/footprint.ts";
import { drawOutline, footprintOfOutline, type Outline, reachOf } from "#core/blackouts/outline.ts";
import { checkPlaceCells } from "#core/blackouts/outline-check.ts";
import { cellAt, disk, eventResolution, type H3Cell } from "#core/geo/cell.ts";
import { createPlane } from "#core/geo/plane.ts";
import { createRandom } from "#core/random.ts";
import { corner } from "#tests/support/outreach.ts";

const { toPosition } = createPlane(corner);
const route: Outline = {
  kind: "corridor",
  corners: [toPosition([0, 0]), toPosition([600, 0])],
  halfWidthM: 50,
};
const reachM = reachOf(route);
const cells = drawOutline(route, createRandom(5).next);

function reasonOf(given: readonly string[], reach = reachM): string {
  const checked = checkPlaceCells(given, { kind: "corridor", reachM: reach });
  return checked.ok ? "" : checked.reason;
}

test("the footprint of a route is taken whatever the order and the repeats of its cells", () => {
  const mixed = createRandom(4).shuffle([...cells, ...cells.slice(0, 3)]);
  for (const kind of ["corridor", "area"] as const) {
    expect(checkPlaceCells(mixed, { kind, reachM })).toEqual({ ok: true, value: cells });
  }
});

test("a circle is checked as a circle: cells of a route are none", () => {
  const round = drawFootprint({ at: corner, radiusM: 150 }, createRandom(1).next);
  expect(checkPlaceCells(round, { kind: "circle", reachM: 150 })).toEqual({
    ok: true,
    value: round,
  });
  expect(checkPlaceCells(cells, { kind: "circle", reachM: 150 }).ok).toBe(false);
});

test("what no outline can cover is refused in words", () => {
  const middle = cellAt(corner, eventResolution);
  expect(reasonOf([])).toBe("The footprint has no cells.");
  expect(reasonOf([...cells, "x"])).toContain('"x" is not a cell of resolution 10');
  for (const reach of [24, 3_001, 350.5, Number.NaN]) {
    expect(reasonOf(cells, reach)).toContain("a whole number of metres from 25 to 3000");
  }
  const far = disk(middle, 60).slice(-1);
  expect(reasonOf([...cells, ...far])).toContain("not in one piece");
  const paris = footprintOfOutline(
    {
      kind: "corridor",
      corners: [
        [2.35, 48.85],
        [2.36, 48.85],
      ],
      halfWidthM: 50,
    },
    150,
  );
  expect(reasonOf(paris)).toBe("The footprint lies outside the area.");
  // One cell of it abroad is enough.
  expect(reasonOf([...cells, paris[0] as H3Cell])).toBe("The footprint lies outside the area.");
  expect(reasonOf(cells, 25)).toContain("reaches further than its outline can");
  const long = drawOutline(
    { ...route, corners: [toPosition([0, 0]), toPosition([2_000, 0])] } as Outline,
    createRandom(5).next,
  );
  expect(reasonOf(long, 350)).toContain("reaches further than its outline can");
  expect(reasonOf(long, 1_050)).toBe("");
});

test("a shape that is thinner than an outline's cover is refused: it would give the outline away", () => {
  const thin = "The footprint is thinner than that of any outline.";
  const middle = cellAt(toPosition([300, 0]), eventResolution);
  expect(reasonOf([middle])).toBe(thin);
  expect(reasonOf(disk(middle, 1))).toBe(thin);
  expect(reasonOf(disk(middle, 2))).toBe("");
  // A hole in the middle, a tail of single cells, a piece cut out of the ring.
  expect(reasonOf(cells.filter((cell) => cell !== middle))).toBe(thin);
  const tail = disk(middle, 6).filter((cell) => !disk(middle, 5).includes(cell));
  const row = [3, 4, 5, 6, 7, 8].map((ring) => disk(middle, ring).at(-1) as H3Cell);
  expect(reasonOf([...disk(middle, 2), ...row])).toBe(thin);
  expect(reasonOf([...disk(middle, 5), tail[0] as H3Cell])).toBe(thin);
});
