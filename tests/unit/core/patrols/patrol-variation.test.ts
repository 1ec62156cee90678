import { describe, expect, test } from "vitest";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { variedWindow } from "#core/patrols/walk/timing.ts";

const keys = Array.from({ length: 300 }, (_, at) => `7 zone ${at}`);
const varied = (minutes: number) =>
  keys.map((key) => variedWindow(minutes, key, patrolDefaults)).flatMap((one) => one ?? []);
const least = (all: readonly number[]) => Math.min(...all);
const most = (all: readonly number[]) => Math.max(...all);

describe("the start and end of a window", () => {
  test.each([
    [75, { delay: [0, 15], length: [60, 75] }],
    [105, { delay: [0, 15], length: [75, 105] }],
    [135, { delay: [0, 15], length: [105, 120] }],
    [62, { delay: [0, 0], length: [62, 62] }],
  ])("of a block of %i minutes move inwards, by all they may", (minutes, wanted) => {
    const all = varied(minutes);
    const delays = all.map(({ delay }) => delay);
    const lengths = all.map(({ length }) => length);
    expect([least(delays), most(delays)]).toEqual(wanted.delay);
    expect([least(lengths), most(lengths)]).toEqual(wanted.length);
    const cuts = all.map(({ delay, length }) => minutes - delay - length);
    expect(least(cuts)).toBeGreaterThanOrEqual(0);
    expect(most(cuts)).toBeLessThanOrEqual(15);
    for (const one of [...delays, ...cuts]) expect(one % 5).toBe(0);
  });

  test("too short a block gives no window, the shortest gives itself", () => {
    expect(variedWindow(59, "a", patrolDefaults)).toBeNull();
    expect(variedWindow(60, "a", patrolDefaults)).toEqual({ delay: 0, length: 60 });
  });

  test("what is longer than a window may be is cut on both sides", () => {
    for (const { delay, length } of varied(150)) {
      expect(length).toBe(120);
      expect(delay).toBe(15);
    }
  });

  test("one key is one draw, and keys differ", () => {
    const [one] = keys;
    const draw = () => variedWindow(105, one ?? "", patrolDefaults);
    expect(draw()).toEqual(draw());
    const different = new Set(varied(105).map(({ delay, length }) => `${delay} ${length}`));
    expect(different.size).toBe(16);
  });
});
