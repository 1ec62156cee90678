import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createRandom } from "#core/random.ts";
import { binomialTail } from "#core/stats/binomial.ts";
import { hotTest } from "#core/stats/hot.ts";
import { neighboursFromLists } from "#core/stats/neighbours.ts";
import { statistics } from "#core/stats/statistics.ts";
import { queenGrid, queenLists } from "#tests/support/grid.ts";
import { exactTail, slowBenjaminiHochberg, slowMarks } from "#tests/support/hot-enumeration.ts";

interface HotAnswer {
  readonly ownP: readonly number[];
  readonly areaP: readonly number[];
  readonly p: readonly number[];
  readonly q: readonly number[];
  readonly hot: readonly boolean[];
  readonly beside: readonly boolean[];
  readonly by: readonly ("own" | "area" | null)[];
}

/** Each is the other to so many parts of itself; below the least whole-precision number both are nothing. */
function expectSame(found: readonly number[], wanted: readonly number[], parts: number) {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, at) => {
    const other = wanted[at] as number;
    expect(Math.abs(value - other), `${value} and ${other} at ${at}`).toBeLessThanOrEqual(
      parts * other + 1e-300,
    );
  });
}

const grids = Array.from({ length: 10 }, (_, at) => {
  const random = createRandom(at + 1);
  const [rows, columns] = [5 + at, 6 + (at % 3)];
  const counts = Array.from({ length: rows * columns }, () => Math.floor(6 * random.next() ** 5));
  counts[random.integer(counts.length)] = 15 * at;
  return { rows, columns, counts, lists: queenLists(rows, columns) };
});

describe("boxster stat hot", () => {
  test.each(grids)("is what adding up every case says, $rows by $columns", (grid) => {
    const { counts, lists } = grid;
    const answer = statistics["hot"]?.run({ counts, neighbours: lists }) as HotAnswer;
    const events = counts.reduce((sum, count) => sum + count, 0);
    const ownP = counts.map((count) => exactTail(events, [1, counts.length], count));
    const near = lists.map((list, cell) =>
      [cell, ...list].reduce((sum, other) => sum + (counts[other] as number), 0),
    );
    const areaP = lists.map((list, cell) =>
      exactTail(events, [list.length + 1, counts.length], near[cell] as number),
    );
    const p = ownP.map((own, cell) => Math.min(1, 2 * Math.min(own, areaP[cell] as number)));
    const q = slowBenjaminiHochberg(p);
    expectSame(answer.ownP, ownP, 1e-12);
    expectSame(answer.areaP, areaP, 1e-12);
    expectSame(answer.p, p, 1e-12);
    expectSame(answer.q, q, 1e-12);
    const { hot, beside, by } = answer;
    expect({ hot, beside, by }).toEqual(slowMarks(counts, lists, { ownP, areaP, q }));
  });

  test("is what R says: pbinom and p.adjust, with even shares and with given ones", () => {
    const lines = readFileSync("tests/golden/hot/pbinom.csv", "utf8").trim().split("\n");
    const rows = lines
      .filter((line) => !line.startsWith("#"))
      .slice(1)
      .map((line) => line.split(",").map(Number));
    for (let grid = 1; grid <= 10; grid += 1) {
      const mine = rows.filter(([of]) => of === grid);
      const column = (at: number) => mine.map((row) => row[at] as number);
      const [, height = 0, width = 0] = mine[0] ?? [];
      const answer = statistics["hot"]?.run({
        counts: column(3),
        neighbours: queenLists(height, width),
        ...(grid > 8 ? { shares: column(4) } : {}),
      }) as HotAnswer;
      expectSame(answer.ownP, column(5), 1e-11);
      expectSame(answer.areaP, column(6), 1e-11);
      expectSame(answer.q, column(7), 1e-11);
    }
  });

  test.each([
    [{ counts: [1, 2], neighbours: [[1], [0]], shares: [1] }, "shares: has 1 shares for 2 counts"],
    [
      { counts: [1, 2], neighbours: [[1], [0]], shares: [0.5, 0.6] },
      "shares: must add up to 1, and add up to 1.1",
    ],
    [
      { counts: [1, 2], neighbours: [[1], [0]], shares: [-0.5, 1.5] },
      "shares[0]: must lie from 0 to 1, not -0.5",
    ],
    [{ counts: [1.5], neighbours: [[]] }, "counts[0]: must be a whole number of 0 or more"],
    [{ counts: [1], neighbours: [[0]] }, "neighbours[0][0]: is the cell itself"],
  ])("refuses %j in words", (input, words) => {
    expect(() => statistics["hot"]?.run(input)).toThrow(words);
  });
});

describe("the tail of the binomial", () => {
  test.each([
    [1_000, 1, 5],
    [1_000, 7, 20],
    [3_000, 1, 1],
    [5_958, 7, 5],
    [10_000, 7, 60],
  ])("of %i events, a share of %i/8301, from %i on", (trials, part, atLeast) => {
    expectSame(
      [binomialTail(trials, part / 8_301, atLeast)],
      [exactTail(trials, [part, 8_301], atLeast)],
      1e-12,
    );
  });

  test("of ten million events is exact near its mean, far above and far below", () => {
    // pbinom(x - 1, 1e7, share, lower.tail = FALSE) of R 4.5.0, printed to 17 digits.
    const shares = [1 / 8_301, 7 / 8_301];
    const wanted = [
      [0, 1500, 1.3702966757052529e-16],
      [1, 9500, 2.3221469272114009e-30],
      [1, 8434, 0.49588238240725457],
      [0, 2200, 1.2583922129869362e-145],
      [1, 8000, 0.99999902749512093],
      [0, 1205, 0.50008612961083454],
      [0, 900, 1],
    ];
    expectSame(
      wanted.map(([share, atLeast]) =>
        binomialTail(1e7, shares[share as number] as number, atLeast as number),
      ),
      wanted.map(([, , tail]) => tail as number),
      1e-12,
    );
  });

  test("is sure of at least nothing, and of nothing beyond all", () => {
    expect(binomialTail(0, 0.5, 0)).toBe(1);
    expect(binomialTail(9, 0.5, 10)).toBe(0);
    expect([binomialTail(9, 1, 9), binomialTail(9, 0, 1), binomialTail(9, 0, 0)]).toEqual([
      1, 0, 1,
    ]);
    expect(binomialTail(9, 0.5, 9)).toBeCloseTo(2 ** -9, 16);
  });
});

describe("what is hot", () => {
  const grid = queenGrid(12, 12);
  const at = (places: Readonly<Record<number, number>>) =>
    Array.from({ length: 144 }, (_, cell) => places[cell] ?? 0);
  const cellsOf = (flags: ArrayLike<number>) =>
    Array.from(flags, (flag, cell) => (flag === 1 ? cell : -1)).filter((cell) => cell >= 0);

  test("one cell with a thousand events and none elsewhere, by itself", () => {
    const { hot, beside, by, q } = hotTest(at({ 66: 1_000 }), grid);
    expect([hot[66], by[66], q[66]]).toEqual([1, "own", 0]);
    // The eight around it are beside it, and nothing else is anything.
    expect(cellsOf(hot)).toEqual([66]);
    expect(cellsOf(beside)).toEqual([53, 54, 55, 65, 67, 77, 78, 79]);
  });

  test("a busy cell keeps its mark, and another of its own beside it keeps it too", () => {
    const { hot, beside, by } = hotTest(at({ 66: 1_000, 67: 40, 130: 60 }), grid);
    expect(cellsOf(hot)).toEqual([66, 67, 130]);
    expect([by[66], by[67], by[130]]).toEqual(["own", "own", "own"]);
    expect(beside[65]).toBe(1);
  });

  test("a cluster without a busiest cell, once: at its middle", () => {
    const large = queenGrid(60, 60);
    const counts = new Uint16Array(3_600).fill(1);
    for (const step of [-61, -60, -59, -1, 0, 1, 59, 60, 61]) counts[1_830 + step] = 4;
    const { hot, beside, by } = hotTest(counts, large);
    expect([cellsOf(hot), by[1_830]]).toEqual([[1_830], "area"]);
    expect(cellsOf(beside).every((cell) => counts[cell] === 4)).toBe(true);
    expect(cellsOf(beside).length).toBeGreaterThan(0);
  });

  test("four that are alike in all share the mark, and no order of the cells decides", () => {
    const large = queenGrid(60, 60);
    const counts = new Uint16Array(3_600).fill(1);
    const four = [1_830, 1_831, 1_890, 1_891];
    for (const cell of four) counts[cell] = 6;
    const { hot, by } = hotTest(counts, large);
    expect(cellsOf(hot)).toEqual(four);
    expect(four.map((cell) => by[cell])).toEqual(["area", "area", "area", "area"]);
  });

  test("an empty cell among busy ones, with its neighbours; never one whose neighbours are quiet", () => {
    const ring = Object.fromEntries([53, 54, 55, 65, 67, 77, 78, 79].map((cell) => [cell, 8]));
    const { hot, by, ownP } = hotTest(at(ring), grid);
    expect([hot[66], by[66], ownP[66]]).toEqual([1, "area", 1]);
    expect([hot[0], hot[143]]).toEqual([0, 0]);
  });

  test("never on fewer than three events, however rare", () => {
    const large = queenGrid(60, 60);
    const counts = new Uint16Array(3_600);
    counts[1_830] = 2;
    const two = hotTest(counts, large);
    expect(two.q[1_830]).toBeLessThan(0.01);
    expect([two.hot[1_830], two.by[1_830]]).toEqual([0, null]);
    counts[1_830] = 3;
    expect(hotTest(counts, large).hot[1_830]).toBe(1);
  });

  test("without events, without cells and in one cell nothing", () => {
    expect([...hotTest(at({}), grid).p]).toEqual(new Array(144).fill(1));
    expect(hotTest([], neighboursFromLists([])).by).toEqual([]);
    expect(hotTest([50], neighboursFromLists([[]]))).toMatchObject({ by: [null] });
  });

  test("by the exposure where one is given: what is expected there is not hot", () => {
    const counts = at({ 66: 30, 10: 30 });
    const shares = counts.map((_, cell) => (cell === 66 ? 0.5 : 0.5 / 143));
    expect(hotTest(counts, grid).hot[66]).toBe(1);
    const given = hotTest(counts, grid, shares);
    expect([given.hot[66], given.hot[10]]).toEqual([0, 1]);
  });
});
