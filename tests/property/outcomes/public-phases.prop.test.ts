import type { Highs } from "highs";
import { beforeAll, expect, test } from "vitest";
import { sayableOf } from "#core/releases/panel/sayable.ts";
import { loadHighs } from "#server/patrols/solver/highs.ts";
import { attackForms } from "#tests/support/intruder/attack-forms.ts";
import { type PublicForm, publicForms } from "#tests/support/intruder/public-forms.ts";
import { readForm } from "#tests/support/intruder/read-form.ts";
import { randomPhases } from "#tests/support/intruder/told-operations.ts";
import { type Told, toldFrom } from "#tests/support/intruder/told-releases.ts";
import { historyOf } from "#tests/support/release-histories.ts";
import { runsOf } from "#tests/support/runs.ts";

const months = ["2021-06", "2021-07", "2021-08", "2021-09"];
/** Histories in which a change is said of a phase. */
const tellingSets = runsOf(60, 3);

let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

function narrowedBy({ replies, exact, claims }: Told): readonly string[] {
  const held = replies.map((reply, at) => {
    const text = JSON.stringify(reply);
    const json: PublicForm = { kind: "json", month: "", level: "part", area: "command", text };
    const told = claims[at];
    return { reply, forms: [json], ...(told && { told }) };
  });
  return attackForms(highs, held, (key) => (exact.get(key) ?? 10) < 10).narrowed;
}

const phasesOf = ({ replies }: Told) =>
  replies.flatMap(({ release }) => release.answers.flatMap(({ phases = [] }) => phases));
const tellsChange = (told: Told) =>
  phasesOf(told).some(({ text }) => / (?:fell|rose)[.,]/.test(text));

/** A phase is told wherever the operation might be, whatever is shown. */
const always: typeof sayableOf = (operations, shown) =>
  sayableOf(operations, shown).map((one, at) =>
    operations[at] && "phase" in operations[at]
      ? { core: "verdict", edges: operations[at].edges.map(() => "verdict") }
      : one,
  );

test("SAFEGUARDS 7: words about phases narrow nothing under 10, beside those about their operations", () => {
  let telling = 0;
  for (let seed = 1; telling < tellingSets; seed += 1) {
    const told = toldFrom(historyOf(seed, months), sayableOf, randomPhases);
    if (!tellsChange(told)) continue;
    telling += 1;
    expect(narrowedBy(told), `history ${seed}`).toEqual([]);
    for (const reply of told.replies.slice(-1)) {
      const forms = publicForms(reply, reply.release.months.slice(-1));
      // Reads every number of every form, or throws.
      for (const form of forms) readForm(form, reply.release);
      for (const { text } of reply.release.answers.flatMap(({ phases = [] }) => phases)) {
        const kinds = forms.filter((form) => form.text.includes(text)).map(({ kind }) => kind);
        // The handout has as many as fit.
        expect(kinds).toEqual(expect.arrayContaining(["json", "csv", "text", "html", "slide"]));
      }
    }
  }
});

test("SAFEGUARDS 7: they narrow some once they are said whatever is shown", () => {
  const leaky = Array.from({ length: 400 }, (_, at) => at + 1).find((seed) => {
    const told = toldFrom(historyOf(seed, months), always, randomPhases);
    return tellsChange(told) && narrowedBy(told).length > 0;
  });
  expect(leaky).toBeDefined();
});
