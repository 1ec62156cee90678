import { expect, test } from "vitest";
import { drawControlDays } from "#core/patrols/ground/control-days.ts";
import { places } from "#tests/support/plan-options.ts";

const week = "2021-11-29";
const zones = places.slice(0, 7);
const draw = (over: Partial<Parameters<typeof drawControlDays>[0]> = {}) =>
  drawControlDays({ zones, week, daysPerPlace: 2, seed: 5, ...over });

test("each place has as many days of that week, no day twice", () => {
  for (const daysPerPlace of [1, 2, 3]) {
    const days = draw({ daysPerPlace });
    expect(days).toHaveLength(7 * daysPerPlace);
    for (const zone of zones) {
      const own = days.filter((one) => one.zone === zone).map(({ day }) => day);
      expect(new Set(own).size).toBe(daysPerPlace);
      expect(own.every((day) => day >= "2021-11-29" && day <= "2021-12-05")).toBe(true);
    }
  }
});

test("each day has as many places", () => {
  const perDay = new Map<string, number>();
  for (const { day } of draw()) perDay.set(day, (perDay.get(day) ?? 0) + 1);
  expect([...perDay.values()]).toEqual([2, 2, 2, 2, 2, 2, 2]);
});

test("the seed decides and the order of places does not", () => {
  expect(draw()).toEqual(draw({ zones: [...zones].reverse() }));
  expect(draw()).not.toEqual(draw({ seed: 6 }));
  const firsts = Array.from({ length: 40 }, (_, seed) => draw({ seed, daysPerPlace: 1 }));
  // Over the seeds every place meets every day: neither is always first.
  const pairs = new Set(firsts.flatMap((days) => days.map(({ zone, day }) => `${zone} ${day}`)));
  expect(pairs.size).toBe(49);
});
