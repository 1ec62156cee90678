import type { Highs } from "highs";
import { beforeAll, describe, expect, test } from "vitest";
import { sayableOf } from "#core/panel/sayable.ts";
import { loadHighs } from "#server/plan/highs.ts";
import { attackForms } from "#tests/support/intruder/attack-forms.ts";
import type { PublicForm } from "#tests/support/intruder/public-forms.ts";
import { type Told, toldFrom } from "#tests/support/intruder/told-releases.ts";
import { historyOf } from "#tests/support/release-histories.ts";
import { runsOf } from "#tests/support/runs.ts";

const months = ["2021-06", "2021-07", "2021-08", "2021-09"];
/** Histories in which something is said of an operation, about one in forty. */
const tellingSets = runsOf(600, 12);
/** Histories in which words narrow something once they are said whatever is shown. */
const leakySeeds = [6, 15, 17];

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

const tooLittle = "Too little is shown of these streets to say whether it helped.";

const always: typeof sayableOf = (operations) =>
  operations.map(({ edges }) => ({ core: "interval", edges: edges.map(() => "verdict") }));

describe("SAFEGUARDS 7: words about operations", () => {
  test("narrow nothing under 10, for whoever knows where and when each number was counted", () => {
    const said = new Set<string>();
    let telling = 0;
    for (let seed = 1; telling < tellingSets; seed += 1) {
      const told = toldFrom(historyOf(seed, months), sayableOf);
      const words = textsOf(told).filter((text) => text !== tooLittle);
      if (words.length === 0) continue;
      telling += 1;
      for (const text of words) said.add(text.slice(0, 20));
      expect(narrowedBy(told), `history ${seed}`).toEqual([]);
    }
    expect(said.size).toBeGreaterThan(1);
  });

  test.each(leakySeeds)("narrow some once they are said whatever is shown (history %i)", (seed) => {
    const narrowed = narrowedBy(toldFrom(historyOf(seed, months), always));
    expect(narrowed).not.toEqual([]);
  });
});
