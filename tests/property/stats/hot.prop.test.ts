import { fc, test } from "@fast-check/vitest";
import { describe, expect, test as once } from "vitest";
import { createRandom, type Random } from "#core/random.ts";
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
      const { ownP, areaP, q, hot, beside, by } = hotTest(given, grid);
      const near = neighbourSums(given, grid).map((others, cell) => others + (given[cell] ?? 0));
      for (let cell = 0; cell < cells; cell += 1) {
        const passes = (q[cell] as number) <= 0.05 && (near[cell] as number) >= 3;
        expect((hot[cell] as number) + (beside[cell] as number)).toBe(passes ? 1 : 0);
        expect(by[cell] !== null).toBe(hot[cell] === 1);
        // Nothing of its own can never be rare.
        if (given[cell] === 0) expect(ownP[cell]).toBe(1);
        if (by[cell] === "own") expect(given[cell]).toBeGreaterThan(0);
        if (by[cell] === "area") expect(areaP[cell]).toBeLessThan(ownP[cell] as number);
      }
    },
  );

  test.prop([counts], { numRuns: runsOf(100, 40) })("lies beside what is told so", (given) => {
    const { hot, beside } = hotTest(given, grid);
    const alone = Array.from(beside.keys()).filter(
      (cell) => beside[cell] === 1 && ![...around(cell)].some((each) => hot[each] === 1),
    );
    expect(alone).toEqual([]);
  });

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
        // Beside the new one it may be told as that; nothing else comes to pass or fails.
        if (before.hot[cell] === 1) expect([after.hot[cell], after.beside[cell]]).toContain(1);
      }
    },
  );
});

once("one hot cell in an even spread is hot alone, and another busy one keeps its mark", () => {
  const study = bundledStudy();
  const random = createRandom(31);
  const draws = runsOf(1_000, 100);
  let maps = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const drawn = evenSpread(study.cells.length, 500 + random.integer(8_000), random);
    const hot = random.integer(drawn.length);
    const other = random.integer(drawn.length);
    drawn[hot] = (drawn[hot] as number) + 80;
    drawn[other] = (drawn[other] as number) + 20;
    const test = hotTest(drawn, study);
    expect([test.hot[hot], test.by[hot], test.hot[other]]).toEqual([1, "own", 1]);
    const around = [...study.targets.subarray(study.offsets[hot], study.offsets[hot + 1])];
    const neighbours = around.filter((cell) => cell !== other);
    expect(neighbours.some((cell) => test.beside[cell] === 1)).toBe(true);
    if (neighbours.some((cell) => test.hot[cell] === 1)) maps += 1;
  }
  expect(maps).toBeLessThanOrEqual(draws / 20);
});

function evenSpread(cells: number, events: number, random: Random): Int32Array {
  const drawn = new Int32Array(cells);
  for (let event = 0; event < events; event += 1) {
    const cell = random.integer(cells);
    drawn[cell] = (drawn[cell] as number) + 1;
  }
  return drawn;
}

once("under an even spread at most 5% of drawn maps have any hot cell", () => {
  const study = bundledStudy();
  const random = createRandom(29);
  const draws = runsOf(1_000, 100);
  let maps = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const drawn = evenSpread(study.cells.length, 30 + random.integer(8_000), random);
    if (hotTest(drawn, study).hot.includes(1)) maps += 1;
  }
  expect(maps).toBeLessThanOrEqual(draws / 20);
});
