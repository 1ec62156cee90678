import { expect, test } from "vitest";
import { cellAt, disk, eventResolution, type H3Cell, sortCells } from "#core/geo/cell.ts";
import {
  type Closure,
  horizonOf,
  indexClosures,
  mergeClosures,
} from "#core/protected-time/protected.ts";
import { createRandom } from "#core/random.ts";
import { dayMs } from "#core/time/zone.ts";
import { corner } from "#tests/support/outreach.ts";

const [a, b, c, d] = sortCells(disk(cellAt(corner, eventResolution), 1)) as [
  H3Cell,
  H3Cell,
  H3Cell,
  H3Cell,
];
const all = { from: 0, to: 100 };

test("closures at the same time become one shape", () => {
  const merged = mergeClosures(
    [
      { cells: [a, b], from: 10, to: 20 },
      { cells: [b, c], from: 10, to: 20 },
    ],
    all,
  );
  expect(merged).toEqual([{ cells: [a, b, c], from: 10, to: 20 }]);
});

test("two partners at one place cannot be counted: the same closure once or twice is the same", () => {
  const once: Closure[] = [{ cells: [a, b], from: 10, to: 20 }];
  const twice = [...once, ...once, { cells: [a], from: 12, to: 18 }];
  expect(mergeClosures(twice, all)).toEqual(mergeClosures(once, all));
  // One begins as the other ends: no mark between them.
  const halves = [
    { cells: [a, b], from: 10, to: 15 },
    { cells: [a, b], from: 15, to: 20 },
  ];
  expect(mergeClosures(halves, all)).toEqual(mergeClosures(once, all));
});

test("stretches change where what is closed changes, and are clipped to the period", () => {
  const closures = [
    { cells: [a], from: -5, to: 20 },
    { cells: [b], from: 10, to: 30 },
    { cells: [c], from: 90, to: 200 },
  ];
  expect(mergeClosures(closures, all)).toEqual([
    { cells: [a], from: 0, to: 10 },
    { cells: [a, b], from: 10, to: 20 },
    { cells: [b], from: 20, to: 30 },
    { cells: [c], from: 90, to: 100 },
  ]);
  expect(mergeClosures(closures, { from: 40, to: 80 })).toEqual([]);
  expect(mergeClosures([], all)).toEqual([]);
});

test("merged or not, the same cells are closed at the same moments", () => {
  const random = createRandom(5);
  const cells = [a, b, c, d];
  const otherwise: string[] = [];
  for (let round = 0; round < 200; round += 1) {
    const closures = Array.from({ length: random.integer(8) }, () => {
      const from = random.integer(100);
      const chosen = cells.filter(() => random.next() < 0.5);
      return { cells: chosen, from, to: from + 1 + random.integer(30) };
    });
    const merged = mergeClosures(closures, all);
    const before = indexClosures(closures);
    const after = indexClosures(merged);
    for (const cell of cells) {
      for (let moment = 0; moment < 100; moment += 1) {
        const wanted = closures.some(
          (one) => one.cells.includes(cell) && one.from <= moment && one.to > moment,
        );
        for (const index of [before, after]) {
          if (index.isClosed([cell], moment, moment + 1) === wanted) continue;
          otherwise.push(`round ${round}, ${cell} at ${moment}`);
        }
      }
    }
    merged.slice(1).forEach((stretch, index) => {
      expect(stretch.from).toBeGreaterThanOrEqual(merged[index]?.to ?? 0);
    });
  }
  expect(otherwise).toEqual([]);
});

test("touching ends are free, and one moment of overlap is not", () => {
  const index = indexClosures([
    { cells: [a, b], from: 10, to: 20 },
    { cells: [a], from: 20, to: 25 },
    { cells: [a], from: 40, to: 50 },
  ]);
  expect(index.isClosed([a], 0, 10)).toBe(false);
  expect(index.isClosed([a], 0, 11)).toBe(true);
  expect(index.isClosed([b], 20, 30)).toBe(false);
  expect(index.isClosed([c, b], 19, 30)).toBe(true);
  expect(index.isClosed([a], 25, 40)).toBe(false);
  expect(index.isClosed([d], 0, 100)).toBe(false);
  expect(index.intervalsOf(a)).toEqual([
    [10, 25],
    [40, 50],
  ]);
});

test("protected time is known 26 weeks ahead", () => {
  expect(horizonOf(0)).toBe(182 * dayMs);
});
