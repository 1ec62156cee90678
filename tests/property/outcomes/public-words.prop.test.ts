import type { Highs } from "highs";
import { beforeAll, describe, expect, test } from "vitest";
import { addUp, createAreaTree } from "#core/disclosure/area-tree.ts";
import { createRandom } from "#core/random.ts";
import { sayableOf } from "#core/releases/panel/sayable.ts";
import { loadHighs } from "#server/patrols/solver/highs.ts";
import { attackForms } from "#tests/support/intruder/attack-forms.ts";
import type { PublicForm } from "#tests/support/intruder/public-forms.ts";
import { type Half, operationOf } from "#tests/support/intruder/told-operations.ts";
import { type Told, toldFrom } from "#tests/support/intruder/told-releases.ts";
import { panelAreas, releaseInput } from "#tests/support/release.ts";
import { countsOf, historyOf } from "#tests/support/release-histories.ts";
import { runsOf } from "#tests/support/runs.ts";

type Place = "treated" | "edge" | "control" | null;

/** A ward's reports before and after: those of its first half, and those of its second. */
interface CaseWard {
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
  /** What each half is part of. */
  readonly of: readonly [Place, Place];
}

/** One release of two months with one operation in a borough of these wards. */
function toldCase(wards: readonly CaseWard[], sayable: typeof sayableOf): Told {
  const areas = panelAreas([wards.length]);
  const [before, after] = ["2021-08", "2021-09"] as const;
  const halvesIn = (month: string) =>
    wards.map((ward) => (month === before ? ward.before : ward.after));
  const truth = new Map(
    [before, after].map((month) => {
      const sums = halvesIn(month).map(([first, second]) => first + second);
      return [month, addUp(createAreaTree(areas), [0, 0, ...sums])] as const;
    }),
  );
  const placed = (place: Place) =>
    wards.flatMap(({ of }, at) =>
      ([0, 1] as const).flatMap((half): Half[] =>
        of[half] === place ? [{ area: `b0-w${at}`, half }] : [],
      ),
    );
  const input = releaseInput(areas, { months: [before, after], counts: countsOf(areas, truth) });
  const operation = operationOf(
    "operation",
    { treated: placed("treated"), edge: placed("edge"), control: placed("control") },
    {
      months: [[before], [after]],
      counts: ({ area, half }, month) => halvesIn(month)[Number(area.slice(4))]?.[half] ?? 0,
    },
  );
  const history = { areas, truth: [truth], inputs: [input], random: createRandom(1) };
  return toldFrom(history, sayable, () => [operation]);
}

const months = ["2021-06", "2021-07", "2021-08", "2021-09"];
/** Histories in which something is said of an operation, about one in forty. */
const tellingSets = runsOf(600, 4);
/** Histories in which verdicts narrow something once they are said whatever is shown. */
const leakySeeds = [116, 128, 288];

let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

/** The data file holds all figures: other forms say the same (public-forms.prop.test.ts). */
function narrowedBy({ replies, exact, claims }: Told): readonly string[] {
  const held = replies.map((reply, at) => {
    const text = JSON.stringify(reply);
    const json: PublicForm = { kind: "json", month: "", level: "part", area: "command", text };
    const told = claims[at];
    return { reply, forms: [json], ...(told && { told }) };
  });
  return attackForms(highs, held, (key) => (exact.get(key) ?? 10) < 10).narrowed;
}

const textsOf = ({ replies }: Told) =>
  replies.flatMap(({ release }) => release.answers.map(({ helped }) => helped.text));

const tooLittle = "Not enough is shown for these streets to say whether it helped.";

const always: typeof sayableOf = (operations) =>
  operations.map(({ edges }) => ({ core: "interval", edges: edges.map(() => "verdict") }));

/** In each words of another kind would bound the last ward, of which nothing is counted. */
const cases: Readonly<Record<string, readonly CaseWard[]>> = {
  "that three numbers from two areas are 10 or more each": [
    { before: [10, 7], after: [10, 7], of: ["treated", "control"] },
    { before: [10, 3], after: [10, 3], of: ["edge", "control"] },
    { before: [1, 1], after: [1, 1], of: [null, null] },
    { before: [1, 2], after: [1, 2], of: [null, null] },
  ],
  "that streets with two withheld areas are under 10": [
    { before: [1, 21], after: [1, 21], of: ["treated", null] },
    { before: [22, 20], after: [20, 20], of: ["control", "control"] },
    { before: [2, 2], after: [10, 10], of: ["treated", "treated"] },
    { before: [2, 2], after: [10, 10], of: ["treated", "treated"] },
    { before: [4, 5], after: [10, 10], of: [null, null] },
  ],
  "that a comparison with two withheld areas is under 10": [
    { before: [1, 21], after: [1, 21], of: ["control", null] },
    { before: [11, 11], after: [10, 10], of: ["treated", "treated"] },
    { before: [2, 2], after: [10, 10], of: ["control", "control"] },
    { before: [2, 2], after: [10, 10], of: ["control", "control"] },
    { before: [4, 5], after: [10, 10], of: [null, null] },
  ],
};

describe("SAFEGUARDS 7: words about operations", () => {
  test("narrow nothing under 10, for whoever knows where and when each number was counted", () => {
    const said = new Set<string>();
    let telling = 0;
    const attackOnce = (seed: number) => {
      const told = toldFrom(historyOf(seed, months), sayableOf);
      const words = textsOf(told).filter((text) => text !== tooLittle);
      for (const text of words) said.add(text.slice(0, 20));
      if (words.length > 0) telling += 1;
      if (words.length > 0 || leakySeeds.includes(seed)) {
        expect(narrowedBy(told), `history ${seed}`).toEqual([]);
      }
    };
    for (const seed of leakySeeds) attackOnce(seed);
    for (let seed = 1; telling < tellingSets; seed += 1) attackOnce(seed);
    expect(said.size).toBeGreaterThan(1);
  });

  test.each(leakySeeds)("narrow some once they are said whatever is shown (history %i)", (seed) => {
    expect(narrowedBy(toldFrom(historyOf(seed, months), always))).not.toEqual([]);
  });

  test.each(Object.entries(cases))("do not say %s", (_, wards) => {
    expect(narrowedBy(toldCase(wards, always))).not.toEqual([]);
    expect(narrowedBy(toldCase(wards, sayableOf))).toEqual([]);
  });
});
