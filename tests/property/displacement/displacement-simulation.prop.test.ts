import { describe, expect, test } from "vitest";
import { compareWithControl, verdictsOf } from "#core/displacement/compare.ts";
import { createRandom } from "#core/random.ts";
import type { PrePost } from "#core/stats/wdd.ts";
import { poisson } from "#tests/support/displacement.ts";

const runs = 2_000;

/** What happens everywhere without any operation: a summer that ends, a lockdown, a holiday. */
const commonTrend = 0.85;

function draw(
  before: number,
  effect: number,
  random: ReturnType<typeof createRandom>,
  trend = commonTrend,
): PrePost {
  return [poisson(before, random), poisson(before * trend * effect, random)];
}

function share(seed: number, isHit: (random: ReturnType<typeof createRandom>) => boolean): number {
  const random = createRandom(seed);
  let hits = 0;
  for (let run = 0; run < runs; run += 1) hits += isHit(random) ? 1 : 0;
  return hits / runs;
}

const percent = (part: number) => `${(100 * part).toFixed(1)}%`;

describe("an operation without any effect, 150 reports against a control of 900", () => {
  const verdictsWith = (judge: (treated: PrePost, control: PrePost) => "rise" | "fall" | null) =>
    (["rise", "fall"] as const).map((wanted) =>
      share(7, (random) => judge(draw(150, 1, random), draw(900, 1, random)) === wanted),
    );

  test("is called a rise or a fall in a few per cent of runs with the scaled control", () => {
    const [rise = 1, fall = 1] = verdictsWith((treated, control) => {
      const [verdict] = verdictsOf([compareWithControl(treated, control)]);
      return verdict === "rise" || verdict === "fall" ? verdict : null;
    });
    console.info(`scaled: rise ${percent(rise)}, fall ${percent(fall)} of ${runs} runs`);
    expect(rise).toBeLessThan(0.04);
    expect(fall).toBeLessThan(0.04);
  });

  test.each([0.5, 0.7, 1.3, 2])("whatever the whole command does: everything times %d", (trend) => {
    const called = share(17, (random) => {
      const control = draw(900, 1, random, trend);
      const [verdict] = verdictsOf([compareWithControl(draw(150, 1, random, trend), control)]);
      return verdict !== "no_clear_change";
    });
    console.info(`everything x${trend}: called in ${percent(called)} of ${runs} runs`);
    expect(called).toBeLessThan(0.065);
    expect(called).toBeGreaterThan(0.035);
  });
});

test("the interval covers a true effect at its stated level", () => {
  for (const effect of [0.5, 1, 1.5]) {
    const truth = 150 * commonTrend * (effect - 1);
    const covered = share(11, (random) => {
      const found = compareWithControl(draw(150, effect, random), draw(900, 1, random));
      return (found.low ?? truth + 1) <= truth && truth <= (found.high ?? truth - 1);
    });
    console.info(`effect x${effect}: covered in ${percent(covered)} of ${runs} runs`);
    expect(covered).toBeGreaterThan(0.93);
  }
});

test("nine edges without any effect: one of them is called wrongly in at most one set in twenty", () => {
  const judge = (together: boolean) =>
    share(13, (random) => {
      const control = draw(900, 1, random);
      const edges = Array.from({ length: 9 }, () =>
        compareWithControl(draw(60, 1, random), control),
      );
      const verdicts = together ? verdictsOf(edges) : edges.flatMap((edge) => verdictsOf([edge]));
      return verdicts.some((verdict) => verdict === "rise" || verdict === "fall");
    });
  const [holm, alone] = [judge(true), judge(false)];
  console.info(
    `nine edges: wrong in ${percent(holm)} of sets with Holm, ${percent(alone)} without`,
  );
  expect(holm).toBeLessThan(0.06);
  expect(alone).toBeGreaterThan(0.2);
});
