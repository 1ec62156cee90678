import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import { emergingByCell } from "#core/hotspots/emerging.ts";
import { testCells } from "#core/hotspots/test-cells.ts";
import { createStudySet } from "#core/places/study-set.ts";
import { createRandom } from "#core/random.ts";
import { accuracy } from "#core/stats/accuracy.ts";
import { createKernel, density } from "#core/stats/density.ts";
import { emergingCategory } from "#core/stats/emerging.ts";
import { exactP } from "#core/stats/exact-p.ts";
import { giStar } from "#core/stats/gi-star.ts";
import { hotP } from "#core/stats/hot-p.ts";
import { knox } from "#core/stats/knox.ts";
import { localMoran } from "#core/stats/local-moran.ts";
import { mannKendall } from "#core/stats/mann-kendall.ts";
import { neighboursFromLists } from "#core/stats/neighbours.ts";
import { spaceTimeScan } from "#core/stats/scan.ts";
import { someTries } from "#tests/support/runs.ts";

/** Counts over a disk of cells, as the screen has them. */
const cells = disk(cellAt([-0.0644, 51.6147], 10), 3);
const made = createStudySet("A disk", 10, cells);
const counts = fc.array(fc.oneof(fc.nat(2), fc.nat(60)), {
  minLength: cells.length,
  maxLength: cells.length,
});
const shift = fc.integer({ min: 1, max: 40 });
const seed = fc.nat(1_000_000);

/** Where each of `count` things goes. */
function shuffledOrder(count: number, by: number): number[] {
  return createRandom(by).shuffle(Array.from({ length: count }, (_, at) => at));
}

const reordered = <Item>(items: readonly Item[], order: readonly number[]): Item[] =>
  order.map((at) => items[at] as Item);

function expectClose(
  found: ArrayLike<number | null>,
  wanted: ArrayLike<number | null>,
  tolerance = 1e-8,
) {
  expect(found.length).toBe(wanted.length);
  const isClose = (one: number | null, other: number | null) =>
    one === null || other === null
      ? one === other
      : Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(other));
  const apart = Array.from(wanted, (_, at) => [found[at] ?? null, wanted[at] ?? null] as const);
  expect(apart.filter(([one, other]) => !isClose(one, other))).toEqual([]);
}

describe("cells in another order", () => {
  test.prop([counts, seed], someTries)(
    "have the same Gi*, exact p, q and heat each",
    (given, by) => {
      const order = shuffledOrder(cells.length, by);
      const other = createStudySet("A disk", 10, reordered(cells, order));
      const before = testCells(Int32Array.from(given), made);
      const after = testCells(Int32Array.from(reordered(given, order)), other);
      expectClose(after.z, reordered(before.z, order));
      expectClose(after.p, reordered([...before.p], order), 1e-11);
      expectClose(after.q, reordered([...before.q], order), 1e-11);
      expect([...after.hot]).toEqual(reordered([...before.hot], order));
    },
  );

  test.prop([fc.array(counts, { minLength: 3, maxLength: 6 }), seed], someTries)(
    "have the same emerging category each",
    (steps, by) => {
      const order = shuffledOrder(cells.length, by);
      const other = createStudySet("A disk", 10, reordered(cells, order));
      const words = (study: typeof made, given: readonly (readonly number[])[]) =>
        emergingByCell(
          study,
          given.map((step) => Int32Array.from(step)),
        ).map(({ pattern, side }) => `${pattern} ${side}`);
      expect(
        words(
          other,
          steps.map((step) => reordered(step, order)),
        ),
      ).toEqual(reordered(words(made, steps), order));
    },
  );

  test.prop([counts, seed], someTries)("have the same local Moran each", (given, by) => {
    const order = shuffledOrder(cells.length, by);
    const other = createStudySet("A disk", 10, reordered(cells, order));
    const before = localMoran(given, made);
    const after = localMoran(reordered(given, order), other);
    expectClose(after.i, reordered(before.i, order));
    expectClose(after.z, reordered(before.z, order));
  });
});

describe("a constant added to every cell", () => {
  test.prop([counts, shift], someTries)(
    "changes no z, no exact p and no local Moran",
    (given, by) => {
      const more = given.map((count) => count + by);
      expectClose(giStar(more, made).z, giStar(given, made).z);
      expectClose(hotP(more, made).p, hotP(given, made).p, 1e-11);
      expectClose(exactP(more, made).p, exactP(given, made).p, 1e-11);
      expectClose(localMoran(more, made).i, localMoran(given, made).i, 1e-7);
    },
  );

  test.prop(
    [fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 12 }), shift],
    someTries,
  )("to every step changes no trend and no category", (series, by) => {
    const more = series.map((value) => value + by);
    expect(mannKendall(more)).toEqual(mannKendall(series));
    const signs = series.map((value) => Math.sign(Math.trunc(value / 25)));
    const rule = { signs, alpha: 0.05 };
    expect(emergingCategory(more, rule)).toEqual(emergingCategory(series, rule));
  });
});

describe("a grid that is passed or made", () => {
  test.prop([counts], someTries)("gives the same Gi*, exact p and local Moran", (given) => {
    const lists = cells.map((_, cell) => [
      ...made.targets.subarray(made.offsets[cell], made.offsets[cell + 1]),
    ]);
    const passed = neighboursFromLists(lists.map((list) => list.toReversed()));
    expectClose(giStar(given, passed).z, giStar(given, made).z, 1e-12);
    expect(hotP(given, passed)).toEqual(hotP(given, made));
    expect(exactP(given, passed)).toEqual(exactP(given, made));
    expectClose(localMoran(given, passed).i, localMoran(given, made).i, 1e-12);
  });
});

/** Whole metres and days, so that moving them rounds nothing. */
const points = fc.array(
  fc.record({ x: fc.nat(2_000), y: fc.nat(2_000), day: fc.integer({ min: 1, max: 30 }) }),
  { minLength: 3, maxLength: 40 },
);
type Point = { readonly x: number; readonly y: number; readonly day: number };
const axes = (given: readonly Point[]) => ({
  x: given.map(({ x }) => x),
  y: given.map(({ y }) => y),
  day: given.map(({ day }) => day),
});
const moved = (given: readonly Point[], by: number): Point[] =>
  given.map(({ x, y, day }) => ({ x: x + 1_024 * by, y: y - 512 * by, day }));

describe("points in another order or another place", () => {
  test.prop([points, seed, shift], someTries)("have the same density", (given, by, away) => {
    const order = shuffledOrder(given.length, by);
    const kernel = createKernel("quartic", 300);
    const places = { x: [0, 500, 1_500], y: [0, 700, 1_900] };
    const before = density(axes(given), places, kernel);
    expectClose(density(axes(reordered(given, order)), places, kernel), before, 1e-12);
    const there = {
      x: places.x.map((x) => x + 1_024 * away),
      y: places.y.map((y) => y - 512 * away),
    };
    expectClose(density(axes(moved(given, away)), there, kernel), before, 1e-12);
    const twice = { ...axes(given), weight: given.map(() => 2) };
    expectClose(
      density(twice, places, kernel),
      before.map((value) => 2 * value),
      1e-12,
    );
  });

  test.prop([points, seed, shift], someTries)("have the same near repeats", (given, by, away) => {
    const bins = { space: [0, 200, 800], time: [0, 3, 10], permutations: 0, seed: 1 };
    const before = knox(axes(given), bins);
    expect(knox(axes(reordered(given, shuffledOrder(given.length, by))), bins)).toEqual(before);
    const later = moved(given, away).map((point) => ({ ...point, day: point.day + away }));
    expect(knox(axes(later), bins)).toEqual(before);
    // Half days are binned by another way than whole ones.
    const halved = { ...bins, time: bins.time.map((edge) => edge / 2) };
    const half = given.map((point) => ({ ...point, day: point.day / 2 }));
    expect(knox(axes(half), halved)).toEqual(before);
  });

  test.prop([points, seed, shift, fc.boolean()], someTries)(
    "have the same most likely cluster",
    (given, by, away, prospective) => {
      const scan = (some: readonly Point[]) =>
        spaceTimeScan(
          {
            places: some.map(({ x, y }, at) => `${x} ${y} ${at}`),
            x: some.map(({ x }) => x),
            y: some.map(({ y }) => y),
            place: some.map((_, at) => at),
            day: some.map(({ day }) => day),
          },
          { days: 30, maxRadius: 900, maxDays: 7, prospective, replicates: 0, seed: 1 },
        );
      const before = scan(given);
      for (const other of [reordered(given, shuffledOrder(given.length, by)), moved(given, away)]) {
        const after = scan(other);
        // Clusters that are as likely have no order; how likely the best is has one value.
        if (before === null || after === null) expect(after).toBe(before);
        else expect(after.llr).toBeCloseTo(before.llr, 8);
      }
    },
  );
});

describe("accuracy", () => {
  const ranked = fc
    .array(
      fc.record({ score: fc.nat(9), observed: fc.nat(5), area: fc.integer({ min: 1, max: 4 }) }),
      { minLength: 1, maxLength: 30 },
    )
    .filter((rows) => rows.some(({ observed }) => observed > 0));
  type Row = { readonly score: number; readonly observed: number; readonly area: number };
  const input = (rows: readonly Row[]) => ({
    score: rows.map(({ score }) => score),
    observed: rows.map(({ observed }) => observed),
    area: rows.map(({ area }) => area),
  });

  test.prop([ranked], someTries)(
    "is 1 at 100% of the area, however the cells are ranked",
    (rows) => {
      const [all] = accuracy(input(rows), [rows.length]);
      expect(all?.hitRate).toBe(1);
      for (const pai of [all?.pai, all?.paiLow, all?.paiHigh, all?.pei])
        expect(pai).toBeCloseTo(1, 12);
    },
  );

  test.prop([ranked, seed, shift], someTries)(
    "has the same range in another order of the cells, and with a constant added to the score",
    (rows, by, away) => {
      const top = [1, Math.ceil(rows.length / 2), rows.length];
      const range = (given: readonly Row[]) =>
        accuracy(input(given), top).flatMap(({ paiLow, paiHigh }) => [paiLow, paiHigh]);
      const before = range(rows);
      expectClose(range(reordered(rows, shuffledOrder(rows.length, by))), before, 1e-12);
      expectClose(range(rows.map((row) => ({ ...row, score: row.score + away }))), before, 1e-12);
    },
  );
});
