import { fc, test } from "@fast-check/vitest";
import { describe, expect, test as once } from "vitest";
import { createRandom } from "#core/random.ts";
import { hotTest } from "#core/stats/hot.ts";
import { neighbourSums } from "#core/stats/neighbours.ts";
import { bundledStudy } from "#tests/support/bundled-places.ts";
import { queenGrid } from "#tests/support/grid.ts";
import { runsOf, someTries } from "#tests/support/runs.ts";

const [rows, columns] = [14, 15] as const;
const grid = queenGrid(rows, columns);
const cells = rows * columns;
const counts = fc.array(fc.oneof({ weight: 5, arbitrary: fc.nat(2) }, fc.nat(30)), {
  minLength: cells,
  maxLength: cells,
});
const place = fc.nat(cells - 1);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const around = (cell: number) =>
  new Set([cell, ...grid.targets.subarray(grid.offsets[cell], grid.offsets[cell + 1])]);

describe("what is hot", () => {
  test.prop([counts], { numRuns: runsOf(100, 40) })(
    "has three events, a small q, and a cause",
    (given) => {
      const { ownP, areaP, q, hot, by } = hotTest(given, grid);
      const near = neighbourSums(given, grid).map((others, cell) => others + (given[cell] ?? 0));
      for (let cell = 0; cell < cells; cell += 1) {
        const isHot = (q[cell] as number) <= 0.05 && (near[cell] as number) >= 3;
        expect(hot[cell]).toBe(isHot ? 1 : 0);
        expect(by[cell] !== null).toBe(isHot);
        // Nothing of its own can never be rare.
        if (given[cell] === 0) expect(ownP[cell]).toBe(1);
        if (by[cell] === "own") expect(given[cell]).toBeGreaterThan(0);
        if (by[cell] === "area") expect(areaP[cell]).toBeLessThan(ownP[cell] as number);
      }
    },
  );

  test.prop([counts, place, fc.integer({ min: 100, max: 2_000 })], someTries)(
    "is a planted busy cell, whatever the others hold",
    (given, at, many) => {
      const planted = [...given];
      // Ten times all others together are beyond any even spread.
      planted[at] = many + 10 * sum(given);
      const { hot, by } = hotTest(planted, grid);
      expect([hot[at], by[at]]).toEqual([1, "own"]);
    },
  );

  test.prop([counts, place, fc.integer({ min: 1, max: 300 })], someTries)(
    "elsewhere keeps its p as the tails of more events: never a smaller one",
    (given, at, more) => {
      const before = hotTest(given, grid);
      const planted = [...given];
      planted[at] = (planted[at] as number) + more;
      const after = hotTest(planted, grid);
      const beside = around(at);
      const smaller = Array.from(before.p).filter(
        (was, cell) => !beside.has(cell) && !((after.p[cell] as number) * (1 + 1e-12) >= was),
      );
      expect(smaller).toEqual([]);
    },
  );

  test.prop([counts, place, fc.integer({ min: 1, max: 60 })], someTries)(
    "stays so where as many events are gathered in one cell from places that had nothing to show",
    (given, at, wanted) => {
      const before = hotTest(given, grid);
      const moved = [...given];
      const beside = around(at);
      let gathered = 0;
      for (let cell = 0; cell < cells && gathered < wanted; cell += 1) {
        // Neither it nor those around it are told from an even spread, so they lose no rank.
        const isIdle = [...around(cell)].every((each) => before.p[each] === 1);
        if (beside.has(cell) || !isIdle || moved[cell] === 0) continue;
        gathered += moved[cell] as number;
        moved[cell] = 0;
      }
      moved[at] = (moved[at] as number) + gathered;
      const after = hotTest(moved, grid);
      for (let cell = 0; cell < cells; cell += 1) {
        expect(after.q[cell] as number).toBeLessThanOrEqual((before.q[cell] as number) + 1e-12);
        if (before.hot[cell] === 1) expect(after.hot[cell]).toBe(1);
      }
    },
  );
});

once("under an even spread at most 5% of drawn maps have any hot cell", () => {
  const study = bundledStudy();
  const random = createRandom(29);
  const draws = runsOf(1_000, 100);
  let maps = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const drawn = new Int32Array(study.cells.length);
    for (let events = 30 + random.integer(8_000); events > 0; events -= 1) {
      const cell = random.integer(drawn.length);
      drawn[cell] = (drawn[cell] as number) + 1;
    }
    if (hotTest(drawn, study).hot.includes(1)) maps += 1;
  }
  expect(maps).toBeLessThanOrEqual(draws / 20);
});
