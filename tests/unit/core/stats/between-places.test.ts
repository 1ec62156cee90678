import { describe, expect, test } from "vitest";
import { createRandom } from "#core/random.ts";
import { spreadOfChanges } from "#core/stats/between-places.ts";
import type { PrePost } from "#core/stats/wdd.ts";
import { normal, overdispersed } from "#tests/support/displacement.ts";

const sumOf = (places: readonly PrePost[]): PrePost => [
  places.reduce((total, [before]) => total + before, 0),
  places.reduce((total, [, after]) => total + after, 0),
];
const alone = { within: true, dispersion: 1 } as const;

describe("how far places change apart from each other", () => {
  test("in closed form: two pairs of places about an even control", () => {
    const places: PrePost[] = [
      [60, 140],
      [60, 140],
      [140, 60],
      [140, 60],
    ];
    // Each share is .2 from the half: squares 4 x 200 x .04 / .25 = 128, less 3 that chance gives, over 800 - 200.
    const given = { ...alone, control: sumOf(places) };
    expect(spreadOfChanges(places, given)).toBeCloseTo(Math.sqrt((125 * 0.25) / 600) / 0.25, 12);
    // Against a control of as many that is not made of them: 4 and its own chance, 1, over all 800.
    const beside = { control: [400, 400], within: false, dispersion: 1 } as const;
    expect(spreadOfChanges(places, beside)).toBeCloseTo(Math.sqrt((123 * 0.25) / 800) / 0.25, 12);
  });

  test("is 0 where they change alike, as much as chance brings, or as they scatter", () => {
    const alike: PrePost[] = [
      [100, 50],
      [40, 20],
      [300, 150],
    ];
    expect(spreadOfChanges(alike, { ...alone, control: sumOf(alike) })).toBe(0);
    const apart: PrePost[] = [
      [100, 120],
      [120, 100],
    ];
    const control = sumOf(apart);
    expect(spreadOfChanges(apart, { ...alone, control })).toBeGreaterThan(0);
    expect(spreadOfChanges(apart, { ...alone, control, dispersion: 4 })).toBe(0);
  });

  test("of places of which one may be affected is found by the others", () => {
    const random = createRandom(17);
    const spread = 0.3;
    const found = [false, true].map((spare) => {
      const squares = Array.from({ length: 400 }, () => {
        const places = Array.from({ length: 10 }, (): PrePost => {
          const level = Math.exp(spread * normal(random));
          return [overdispersed(400, 1, random), overdispersed(400 * level, 1, random)];
        });
        const given = { control: [90_000, 90_000], within: false, spare, dispersion: 1 } as const;
        return (spreadOfChanges(places, given) ?? 0) ** 2;
      });
      return Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / squares.length);
    });
    for (const one of found) expect(Math.abs(one / spread - 1)).toBeLessThan(0.1);
    const alike = Array.from({ length: 9 }, (): PrePost => [400, 400]);
    const given = { control: [90_000, 90_000], within: false, dispersion: 1 } as const;
    const affected: PrePost[] = [...alike, [400, 900]];
    expect(spreadOfChanges(affected, given)).toBeGreaterThan(0.2);
    expect(spreadOfChanges(affected, { ...given, spare: true })).toBe(0);
  });

  test("counts a change that all have against a control of their own", () => {
    const rose: PrePost[] = Array.from({ length: 9 }, () => [100, 150]);
    const control: PrePost = [5_000, 5_000];
    const spread = spreadOfChanges(rose, { control, within: false, dispersion: 1 }) ?? 0;
    expect(spread).toBeGreaterThan(0.3);
    expect(spread).toBeLessThan(Math.log(1.5));
  });

  test("is not known without places or a control in both periods", () => {
    expect(spreadOfChanges([], { ...alone, control: [1, 1] })).toBeNull();
    expect(spreadOfChanges([[0, 0]], { ...alone, control: [1, 1] })).toBeNull();
    expect(spreadOfChanges([[5, 5]], { ...alone, control: [5, 0] })).toBeNull();
  });

  test.each([
    [0.1, 1],
    [0.3, 1],
    [0.2, 2],
  ])("finds a spread of %f over drawn places whose counts scatter %i", (spread, scatter) => {
    const random = createRandom(11);
    const found = Array.from({ length: 300 }, () => {
      const places = Array.from({ length: 25 }, (): PrePost => {
        const mean = 100 + random.integer(300);
        const level = Math.exp(spread * normal(random));
        return [
          overdispersed(mean, scatter, random),
          overdispersed(0.8 * mean * level, scatter, random),
        ];
      });
      const given = { control: sumOf(places), within: true, dispersion: scatter };
      return (spreadOfChanges(places, given) ?? 0) ** 2;
    });
    const mean = found.reduce((sum, one) => sum + one, 0) / found.length;
    expect(Math.sqrt(mean) / spread).toBeGreaterThan(0.93);
    expect(Math.sqrt(mean) / spread).toBeLessThan(1.1);
  });
});
