import { describe, expect, test } from "vitest";
import { createRandom } from "#core/random.ts";
import { createKernel, density, type KernelName, kernelNames } from "#core/stats/density.ts";
import { createPointGrid } from "#core/stats/point-grid.ts";
import { describeOracle, readOracle, readOracleLines } from "#tests/support/oracles.ts";

describe("kernel density", () => {
  test.each(kernelNames)("%s integrates to the weights", (name) => {
    const side = 2;
    const axis = Array.from({ length: 501 }, (_, at) => (at - 250) * side);
    const at = { x: axis.flatMap(() => axis), y: axis.flatMap((y) => axis.map(() => y)) };
    const found = density({ x: [0, 30], y: [0, 40], weight: [1, 2] }, at, createKernel(name, 80));
    const whole = found.reduce((sum, value) => sum + value, 0) * side * side;
    expect(whole).toBeCloseTo(3, 3);
  });

  test("is the quartic at its centre, and nothing from the bandwidth on", () => {
    const kernel = createKernel("quartic", 10);
    const found = density({ x: [0], y: [0] }, { x: [0, 10, 6], y: [0, 0, 0] }, kernel);
    expect(found[0]).toBeCloseTo(3 / (Math.PI * 100), 15);
    expect(found[1]).toBe(0);
    expect(found[2]).toBeCloseTo((3 / (Math.PI * 100)) * 0.64 ** 2, 15);
  });

  test("of no points is 0 everywhere", () => {
    const kernel = createKernel("quartic", 10);
    expect([...density({ x: [], y: [] }, { x: [1], y: [1] }, kernel)]).toEqual([0]);
  });
});

describe("the grid of points", () => {
  test.each([0.5, 7, 60, 1e6])("finds what a search of all finds, within %s", (reach) => {
    const random = createRandom(7);
    const axis = () => Array.from({ length: 300 }, () => Math.round(random.next() * 100));
    const [x, y] = [axis(), axis()];
    const grid = createPointGrid(x, y, reach);
    for (const [px, py] of [
      [50, 50],
      [0, 100],
      [-20, 30],
      [400, 400],
    ] as const) {
      const near: number[] = [];
      grid.near(px, py, (point) => near.push(point));
      const all = x.flatMap((value, point) =>
        Math.hypot(value - px, (y[point] as number) - py) <= reach ? [point] : [],
      );
      expect(near.sort((a, b) => a - b)).toEqual(all);
    }
  });

  test("of one stray point far away makes no table of empty squares", () => {
    const grid = createPointGrid([0, 1e9], [0, 1e9], 1);
    const near: number[] = [];
    grid.near(1e9, 1e9, (point) => near.push(point));
    expect(near).toEqual([1]);
  });
});

describeOracle("kernel density against the closed form", () => {
  const cases: readonly [KernelName, number, string][] = [
    ["quartic", 3000, "quartic_density_proper"],
    ["gaussian", 1000, "gaussian_sigma1000_density_sum"],
  ];
  test.each(cases)("%s of bandwidth %s", (name, bandwidth, field) => {
    const oracle = readOracle<Record<string, number[]> & { grid: [number, number][] }>("kde.json");
    const rows = readOracleLines("data/memphis_robberies_jan.csv")
      .slice(1)
      .map((line) => line.split(","));
    const points = { x: rows.map((row) => Number(row[5])), y: rows.map((row) => Number(row[6])) };
    const at = { x: oracle.grid.map(([x]) => x), y: oracle.grid.map(([, y]) => y) };
    const found = density(points, at, createKernel(name, bandwidth));
    (oracle[field] as number[]).forEach((value, place) => {
      const close = Math.abs((found[place] ?? Number.NaN) - value);
      expect(close, `place ${place}`).toBeLessThanOrEqual(1e-9 * Math.max(value, 1e-9));
    });
  });
});
