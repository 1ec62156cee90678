import { expect, test } from "vitest";
import {
  drawFootprint,
  findHolding,
  footprintOfCircle,
  radiusFault,
  sortCells,
  venueFault,
} from "#core/blackouts/footprint.ts";
import { checkFootprint } from "#core/blackouts/footprint-check.ts";
import { cellAt, disk, eventResolution, type H3Cell, neighboursOf } from "#core/geo/cell.ts";
import { createRandom } from "#core/random.ts";
import { corner } from "#tests/support/outreach.ts";

const venue = { at: corner, radiusM: 150 };
const cells = drawFootprint(venue, createRandom(1).next);

function reasonOf(given: readonly string[], radiusM = 150): string {
  const checked = checkFootprint(given, radiusM);
  return checked.ok ? "" : checked.reason;
}

test("the same draw gives the same footprint, another draw another one", () => {
  expect(drawFootprint(venue, createRandom(1).next)).toEqual(cells);
  expect(drawFootprint(venue, createRandom(2).next)).not.toEqual(cells);
  expect(cells).toEqual(sortCells(new Set(cells)));
});

test("without an offset the footprint is the overlapping cover of the circle and a ring", () => {
  const own = cellAt(corner, eventResolution);
  // A circle of 1 m touches one to three cells; with the ring that is 7 to 12.
  const small = footprintOfCircle(corner, 1);
  expect(small).toEqual(expect.arrayContaining(disk(own, 1)));
  expect(small.length).toBeLessThanOrEqual(12);
  // A grown circle of 300 m and a ring reach at least five cells from the middle.
  expect(footprintOfCircle(corner, 300)).toEqual(expect.arrayContaining(disk(own, 3)));
});

test("the grown circle lies inside even at the two ends of the offset", () => {
  for (const [first, second] of [
    [0, 0],
    [0.999_999, 0],
    [0.999_999, 0.25],
    [0.999_999, 0.5],
    [0.999_999, 0.75],
  ] as const) {
    const draws = [first, second];
    const footprint = drawFootprint(venue, () => draws.shift() ?? 0);
    expect(footprint).toEqual(expect.arrayContaining(footprintOfCircle(corner, 148)));
  }
});

test("a venue that is no place of the area is refused without repeating it", () => {
  for (const [at, radiusM] of [
    [[51.61793, -0.06312], 150],
    [[-0.06312, 91], 150],
    [[Number.NaN, 51.6], 150],
    [[1e308, 51.6], 150],
    [corner, 24],
    [corner, 1_001],
    [corner, 99.5],
    [corner, Number.NaN],
  ] as const) {
    const fault = venueFault({ at: at as [number, number], radiusM });
    expect(fault).not.toBeNull();
    expect(fault).not.toMatch(/51\.6|0\.063/);
    expect(() => drawFootprint({ at: at as [number, number], radiusM }, () => 0.5)).toThrow(
      RangeError,
    );
  }
});

test("a radius out of range says the range, and what to do instead", () => {
  const range = "The radius must be a whole number of metres from 25 to 1000.";
  expect([25, 1_000].map(radiusFault)).toEqual([null, null]);
  expect(radiusFault(1_001)).toBe(`${range} For more ground draw an area or a route instead.`);
  const smaller = `${range} A smaller one would close no larger ground: 25 m keeps the same clear.`;
  expect([0, 24].map(radiusFault)).toEqual([smaller, smaller]);
  expect([-1, 99.5, Number.NaN].map(radiusFault)).toEqual([range, range, range]);
  const far =
    "The place lies far outside the area: check that latitude and longitude are not swapped.";
  const none = "The place is not a longitude and a latitude: choose it on the map again.";
  expect(venueFault({ at: [51.6, -0.06], radiusM: 150 })).toBe(far);
  expect(venueFault({ at: [Number.NaN, 51.6], radiusM: 150 })).toBe(none);
  expect(venueFault({ at: [-0.06, 91], radiusM: 150 })).toBe(none);
  expect(venueFault({ at: corner, radiusM: 150 })).toBeNull();
});

test("a footprint is accepted whatever the order and the repeats of its cells", () => {
  const mixed = createRandom(4).shuffle([...cells, ...cells.slice(0, 3)]);
  expect(checkFootprint(mixed, 150)).toEqual({ ok: true, value: cells });
});

test("what cannot be the footprint of the radius is refused in words", () => {
  const middle = cellAt(corner, eventResolution);
  const without = (list: readonly H3Cell[]) => cells.filter((cell) => !list.includes(cell));
  expect(reasonOf([])).toBe("The footprint has no cells.");
  expect(reasonOf(["8a1fb46622dffff", "x"])).toContain('"x" is not a cell of resolution 10');
  expect(reasonOf(["891fb46622fffff"])).toContain("is not a cell of resolution 10");
  expect(reasonOf(cells, 10)).toContain("The radius must be");
  expect(reasonOf(cells, 600)).toContain("its radius needs");
  expect(reasonOf(cells, 25)).toContain("its radius needs");
  expect(reasonOf(cells.slice(0, 10))).toContain("its radius needs");
  // A hole over the venue, a piece elsewhere, a row of cells, another country.
  expect(reasonOf(without(disk(middle, 1)))).toContain("does not cover the circle");
  const far = disk(middle, 60).slice(-1);
  expect(reasonOf([...without(cells.slice(0, 1)), ...far])).toContain("not in one piece");
  expect(reasonOf(rowOf(middle, cells.length))).toMatch(/reaches further than its radius/);
  const paris = footprintOfCircle([2.35, 48.85], 300);
  expect(reasonOf(paris)).toBe("The footprint lies outside the area.");
});

test("a venue given again is found by what holds it, and a wider one is not", () => {
  const places = [{ cells: footprintOfCircle([-0.05, 51.63], 300) }, { cells }];
  expect(findHolding(places, venue)).toBe(places[1]);
  expect(findHolding(places, { at: corner, radiusM: 25 })).toBe(places[1]);
  expect(findHolding(places, { at: corner, radiusM: 600 })).toBeNull();
  expect(findHolding(places, { at: [-0.09, 51.6], radiusM: 25 })).toBeNull();
  expect(findHolding([], venue)).toBeNull();
});

test("cells sort as text and as numbers alike", () => {
  const mixed = createRandom(9).shuffle([...disk(cells[0] as H3Cell, 20)]);
  const byNumber = [...mixed].sort((a, b) => (BigInt(`0x${a}`) < BigInt(`0x${b}`) ? -1 : 1));
  expect(sortCells(mixed)).toEqual(byNumber);
});

function rowOf(from: H3Cell, length: number): H3Cell[] {
  const row = [from];
  while (row.length < length) {
    const last = row.at(-1) as H3Cell;
    const next = neighboursOf(last).find((cell) => !disk(row.at(-2) ?? last, 1).includes(cell));
    row.push(next ?? (neighboursOf(last)[0] as H3Cell));
  }
  return row;
}
