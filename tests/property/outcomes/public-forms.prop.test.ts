import type { Highs } from "highs";
import { beforeAll, describe, expect, test } from "vitest";
import { addUp } from "#core/disclosure/area-tree.ts";
import { shownCount } from "#core/disclosure/rule.ts";
import type { ReleaseInput } from "#core/releases/build.ts";
import type { Suppress } from "#core/releases/panel/monthly-figures.ts";
import { sayableOf } from "#core/releases/panel/sayable.ts";
import { inEnglish } from "#core/releases/presentation/language.ts";
import { loadHighs } from "#server/patrols/solver/highs.ts";
import { type Attack, attackForms } from "#tests/support/intruder/attack-forms.ts";
import {
  type Served,
  servedFrom,
  withExactFigures,
  withoutFigures,
} from "#tests/support/intruder/held-releases.ts";
import { type PublicForm, publicForms } from "#tests/support/intruder/public-forms.ts";
import { readForm } from "#tests/support/intruder/read-form.ts";
import { complaintsKey } from "#tests/support/intruder/reading.ts";
import { type Told, toldFrom } from "#tests/support/intruder/told-releases.ts";
import { histories, historyOf } from "#tests/support/release-histories.ts";
import { runsOf } from "#tests/support/runs.ts";

const dataSets = runsOf(400, 2);
/** Histories in which each leak that is made on purpose narrows something. */
const leakySeeds = [1, 7, 8];

let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

/** Lets something out of one form: gets it as it is, and as it would be with exact figures. */
type Leak = (form: PublicForm, exact: PublicForm, served: Served) => string;

interface Held {
  readonly served: Served;
  readonly forms: readonly (readonly PublicForm[])[];
}

function hold(served: Served): Held {
  return { served, forms: served.replies.map((reply) => publicForms(reply)) };
}

function attack({ served, forms }: Held, claims: Told["claims"] = []): Attack {
  const held = served.replies.map((reply, at) => {
    const told = claims[at];
    return { reply, forms: forms[at] ?? [], ...(told && { told }) };
  });
  return attackForms(highs, held, (key) => (served.exact.get(key) ?? 10) < 10);
}

const leaky = new Map<number, { readonly held: Held; readonly exact: Held["forms"] }>();

/** A history as it is held, and its forms as they would be with exact figures. */
function leakyHistory(seed: number) {
  const served = servedFrom(historyOf(seed));
  const known = leaky.get(seed) ?? {
    held: hold(served),
    exact: served.replies.map((reply) => publicForms(withExactFigures(reply, served))),
  };
  leaky.set(seed, known);
  return known;
}

/** What the histories show in their order, until something of them is odd and something narrowed. */
function untilSeen(attackOf: (seed: number) => Attack): Attack[] {
  const found: Attack[] = [];
  const isSeen = (what: "odd" | "narrowed") => found.some((one) => one[what].length > 0);
  for (const seed of leakySeeds) {
    if (isSeen("odd") && isSeen("narrowed")) break;
    found.push(attackOf(seed));
  }
  return found;
}

const only =
  (kind: PublicForm["kind"], leak: Leak): Leak =>
  (form, exact, served) =>
    form.kind === kind ? leak(form, exact, served) : form.text;

/** Puts what a look finds in the exact form into the other one, in its order. */
const takenOver = (look: RegExp) => (form: PublicForm, exact: PublicForm) => {
  const found = exact.text.matchAll(look);
  return form.text.replaceAll(look, (own) => found.next().value?.[0] ?? own);
};

const leaks: Readonly<Record<string, Leak>> = {
  "bars that are as high as what was counted": only("slide", takenOver(/flex-basis:[\d.]+%/g)),
  "a total that one form does not round": only(
    "handout",
    takenOver(/made about [\d,]+ complaints/g),
  ),
  "a page of one area that does not round its months": only(
    "page",
    takenOver(/<li>\w+ \d{4}: [^<]*<\/li>/g),
  ),
  "a file of data with exact figures": only("csv", (_, exact) => exact.text),
  "colours that are of what was counted": only("slide", (form, exact) => {
    const areas = /--(\d)" d="[^"]*"><title>([^:]*):/g;
    const shades = new Map(
      Array.from(exact.text.matchAll(areas), ([, shade, name]) => [name, shade]),
    );
    return form.text.replaceAll(areas, (own, shade: string, name: string) =>
      own.replace(`--${shade}`, `--${shades.get(name)}`),
    );
  }),
  "areas that are not shown in the order of their counts": (form, _, { exact }) =>
    form.text.replaceAll(
      /(or withheld: )([^<>]*?)(\.[<\s])/g,
      (_all, before: string, names: string, after: string) => {
        const countOf = (name: string) =>
          exact.get(
            complaintsKey(
              name.replace(/Ward (\d)\./, "b$1-w").replace("Borough ", "b"),
              form.month,
            ),
          ) ?? 0;
        const ordered = names.split(/, | and /).sort((a, b) => countOf(b) - countOf(a));
        return `${before}${inEnglish.list(ordered)}${after}`;
      },
    ),
};

describe("SAFEGUARDS 7: an intruder who holds every form of every release", () => {
  test("data, files, slides, handout and charts together narrow nothing under 10", () => {
    let tried = 0;
    for (const history of histories(dataSets)) {
      const told = toldFrom(history, sayableOf);
      const found = attack(hold(told), told.claims);
      expect(found.odd).toEqual([]);
      expect(found.narrowed).toEqual([]);
      tried += found.tried;
    }
    expect(tried).toBeGreaterThan(10 * dataSets);
  });

  test("no number stands in any form that the intruder does not read, but those of every release", () => {
    for (const reply of servedFrom(historyOf(8)).replies) {
      const without = publicForms(withoutFigures(reply));
      publicForms(reply).forEach((form, at) => {
        // What the mark of a withheld month means stands where there is such a month, which the form shows by itself.
        const left = (one: PublicForm | undefined) =>
          one
            ? readForm(one, reply.release)
                .rest.replaceAll(/(?<=fewer than )10, or withheld/gi, "")
                .match(/\d[\d,.]*/g)
            : null;
        expect(left(form), form.kind).toEqual(left(without[at]));
      });
    }
  });

  test.each(Object.entries(leaks))("sees %s", (_, leak) => {
    const found = untilSeen((seed) => {
      const { held, exact } = leakyHistory(seed);
      const leaked = (form: PublicForm, release: number, at: number) =>
        leak(form, exact[release]?.[at] ?? form, held.served);
      const forms = held.forms.map((own, release) =>
        own.map((form, at) => ({ ...form, text: leaked(form, release, at) })),
      );
      return attack({ ...held, forms });
    });
    expect(found.flatMap(({ odd }) => odd)).not.toEqual([]);
    expect(found.flatMap(({ narrowed }) => narrowed)).not.toEqual([]);
  });

  test("sees small counts through secondary suppression that is too weak", () => {
    const weaken = (input: ReleaseInput) => ({
      ...input,
      suppress: smallCountsOnly,
      audit: () => [],
    });
    const found = leakySeeds.map((seed) => attack(hold(servedFrom(historyOf(seed), weaken))));
    expect(found.flatMap(({ odd }) => odd)).toEqual([]);
    expect(found.flatMap(({ narrowed }) => narrowed)).not.toEqual([]);
  });
});

const smallCountsOnly: Suppress = (tree, counts, rule) =>
  addUp(tree, counts).map((count) => shownCount(count, rule));
