import { describe, expect, test } from "vitest";
import { createRandom } from "#core/random.ts";
import { dispersion } from "#core/stats/dispersion.ts";
import { parallelTrend } from "#core/stats/parallel-trend.ts";
import { poisson } from "#tests/support/displacement.ts";

const passed = (treated: readonly number[], control: readonly number[], phi = 1) =>
  Object.fromEntries(
    parallelTrend(treated, control, phi)?.checks.map(({ name, passes }) => [name, passes]) ?? [],
  );

describe("the four checks of a control", () => {
  const control = [300, 280, 310, 240, 200, 180, 190, 230, 260, 300, 320, 310];
  const tenth = control.map((count) => count / 10);

  test("pass a series that is the control at another size", () => {
    const found = parallelTrend(tenth, control, 1);
    expect(found?.scale).toBeCloseTo(0.1, 12);
    for (const { value, limit, passes } of found?.checks ?? []) {
      expect(value).toBeCloseTo(0, 9);
      expect(limit).toBeGreaterThan(0);
      expect(passes).toBe(true);
    }
  });

  test("have the limits of their formula", () => {
    const [months, halves, level, slope] = parallelTrend(tenth, control, 2)?.checks ?? [];
    const k = 0.1;
    const v = control.map((count) => 2 * (k + k ** 2) * count);
    const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
    expect(months?.limit).toBeCloseTo(total(v.map((one) => Math.sqrt((2 * one) / Math.PI))), 9);
    const blocks = [total(v.slice(0, 6)), total(v.slice(6))];
    expect(halves?.limit).toBeCloseTo(
      total(blocks.map((one) => Math.sqrt((2 * one) / Math.PI))),
      9,
    );
    expect(level?.limit).toBeCloseTo(Math.sqrt(total(v)), 9);
    expect(slope?.limit).toBeCloseTo(Math.sqrt(total(v.map((one, t) => one * (t - 5.5) ** 2))), 9);
  });

  test("a series that climbs while the control does not fails by its slope and by half-years", () => {
    const climbing = control.map((_, month) => 15 + 3 * month);
    const flat = control.map(() => 300);
    expect(passed(climbing, flat)).toMatchObject({ slope: false, half_years: false, level: true });
  });

  test("a series that jumps to and fro fails month by month alone", () => {
    // The same backwards, so that it has no slope.
    const jumping = [45, 15, 45, 15, 45, 15, 15, 45, 15, 45, 15, 45];
    expect(
      passed(
        jumping,
        control.map(() => 300),
      ),
    ).toEqual({
      months: false,
      half_years: true,
      level: true,
      slope: true,
    });
    // Not if that is how it always scatters.
    expect(
      passed(
        jumping,
        control.map(() => 300),
        12,
      )["months"],
    ).toBe(true);
  });

  test("say nothing of fewer than twelve months or of an empty series", () => {
    expect(parallelTrend(tenth.slice(1), control.slice(1), 1)).toBeNull();
    expect(
      parallelTrend(
        control,
        control.map(() => 0),
        1,
      ),
    ).toBeNull();
    expect(
      parallelTrend(
        control.map(() => 0),
        control,
        1,
      ),
    ).toBeNull();
  });

  test("a control that runs parallel fails one of them about every second time: no test", () => {
    const random = createRandom(41);
    let failed = 0;
    for (let run = 0; run < 1_000; run += 1) {
      const [one, other] = [40, 300].map((mean) =>
        Array.from({ length: 24 }, () => poisson(mean, random)),
      ) as [number[], number[]];
      const checks = parallelTrend(one, other, dispersion(one) ?? 1)?.checks ?? [];
      failed += checks.every(({ passes }) => passes) ? 0 : 1;
    }
    console.info(`parallel controls that fail a check: ${failed / 10}%`);
    expect(failed).toBeGreaterThan(400);
    expect(failed).toBeLessThan(700);
  });
});
