import { describe, expect, test } from "vitest";
import { addUp } from "#core/disclosure/area-tree.ts";
import { shownCount } from "#core/disclosure/rule.ts";
import { createRandom, type Random } from "#core/random.ts";
import { buildRelease, type ReleaseInput } from "#core/releases/build.ts";
import type { Suppress } from "#core/releases/panel/monthly-figures.ts";
import {
  builtOrThrow,
  figuresOf,
  panelAreas,
  recoveredTogether,
  releaseAll,
  releaseInput,
  stripFrom,
} from "#tests/support/release.ts";
import { histories, historyMonths as months } from "#tests/support/release-histories.ts";

const dataSets = 1_000;
/** Enough to see a weakened program fail. */
const fewSets = 100;

const smallCountsOnly: Suppress = (tree, counts, rule) =>
  addUp(tree, counts).map((count) => shownCount(count, rule));

/** Histories from which an intruder who reads every release recovers anything. */
function broken(
  sets: number,
  change: (input: ReleaseInput) => ReleaseInput,
  isLinked = true,
): number {
  let found = 0;
  for (const { areas, truth, inputs } of histories(sets)) {
    const releases = releaseAll(inputs.map(change), isLinked);
    const findings = months.flatMap((month) => {
      const held = releases.filter(({ content }) => content.months.includes(month));
      return recoveredTogether(
        { areas, tables: held.map(({ content }) => figuresOf(content, areas, month)) },
        held.map(({ number }) => truth[number - 1]?.get(month) ?? []),
      );
    });
    if (findings.length > 0) found += 1;
  }
  return found;
}

describe("SAFEGUARDS 7: an intruder who holds every release", () => {
  test("recovers nothing under 10 from 1,000 random histories, nor a change of fewer than 10", () => {
    expect(broken(dataSets, (input) => input)).toBe(0);
  });

  test("succeeds once secondary suppression is weakened and nothing looks at what came out", () => {
    const weak = broken(fewSets, (input) => ({
      ...input,
      suppress: smallCountsOnly,
      audit: () => [],
    }));
    expect(weak).toBeGreaterThan(30);
  });

  test("succeeds once months are worked out again for each release", () => {
    expect(broken(fewSets, (input) => input, false)).toBeGreaterThan(30);
  });

  test("what came out is looked at again: with suppression weakened there is no release but a reason", () => {
    let refused = 0;
    for (const { inputs } of histories(fewSets)) {
      const [input] = inputs;
      if (input === undefined) continue;
      const built = buildRelease({ ...input, suppress: smallCountsOnly });
      if (!built.ok) refused += 1;
      if (!built.ok) expect(built.reason).toMatch(/^August 2021 is held back: the figures shown/u);
    }
    expect(refused).toBeGreaterThan(20);
  });
});

describe("SAFEGUARDS 7: a ward whose line moved by a strip", () => {
  /** Ward 0.0 gives a strip to ward 0.1; both are large enough to be shown before and after. */
  const moved = (random: Random) => {
    const areas = panelAreas([3]);
    const strip = 1 + random.integer(9);
    const counts = [20 + random.integer(30), 20 + random.integer(30), 20 + random.integer(30)];
    const input = (byWard: readonly number[], areaSet: string) =>
      releaseInput(areas, {
        months: ["2021-08"],
        areaSet: areaSet.repeat(64),
        counts: byWard.map((count, ward) => ({ area: `b0-w${ward}`, month: "2021-08", count })),
      });
    const [first = 0, second = 0, third = 0] = counts;
    return {
      areas,
      strip,
      before: input(counts, "a"),
      after: input([first - strip, second + strip, third], "b"),
    };
  };

  test("shown twice, the two figures would tell how many reports the strip holds", () => {
    let told = 0;
    for (let seed = 1; seed <= 300; seed += 1) {
      const { areas, strip, before, after } = moved(createRandom(seed));
      const [was, is] = [before, after].map((input) => {
        const { content } = builtOrThrow(buildRelease(input));
        return figuresOf(content, areas, "2021-08")[2] ?? null;
      });
      const known = stripFrom(was ?? null, is ?? null);
      expect(known === null || (known.low <= strip && strip <= known.high)).toBe(true);
      if (known !== null && known.low > 0 && known.high < 10) told += 1;
    }
    expect(told).toBeGreaterThan(20);
  });

  test("so its month is not shown again: left out with a note, or refused where it was asked for", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { before, after } = moved(createRandom(seed));
      const earlier = releaseAll([before]);
      expect(earlier).toHaveLength(1);
      const alone = buildRelease({ ...after, earlier });
      expect(alone.ok ? "" : alone.reason).toContain("two sets of areas");
      const more = { ...after, months: ["2021-08", "2021-09"], earlier };
      const { content, history } = builtOrThrow(buildRelease(more));
      expect(content.months).toEqual(["2021-09"]);
      expect(content.values.every(({ month }) => month === "2021-09")).toBe(true);
      expect(history.left).toEqual([{ month: "2021-08", release: 1, why: "areas" }]);
      expect(content.notes.at(-1)).toContain("The areas changed after release 1.");
      expect(buildRelease({ ...more, areNamed: true }).ok).toBe(false);
    }
  });
});
