import { describe, expect, test } from "vitest";
import { currentSlide, moveTo } from "#client/releases/panel/step.ts";
import { deckOf, shownAtFirst } from "#core/releases/presentation/deck.ts";
import { handoutOf } from "#core/releases/presentation/handout.ts";
import type { Block } from "#core/releases/presentation/slide.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";

const reply = sampleRelease();
const deck = deckOf(shownAtFirst(reply));
const slideOf = (id: string, of = deck) => {
  const found = [...of.slides, ...of.questions].find((slide) => slide.id === id);
  if (!found) throw new Error(`No slide ${id}`);
  return found;
};
const words = (id: string, of = deck) => JSON.stringify(slideOf(id, of).blocks);
const groupsOf = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.kind === "groups" ? block.groups : []));

describe("slides", () => {
  test("stand in the order in which a hall hears them", () => {
    expect(deck.slides.map(({ id }) => id)).toEqual([
      "reported",
      "where",
      "list",
      "when",
      "done",
      "helped",
      "moved",
      "promised",
      "law",
      "selling",
      "powers",
      "limits",
      "you",
      "help",
      "contact",
      "method",
    ]);
  });

  test("the last says how to challenge what was shown, and where to complain", () => {
    expect(JSON.stringify(deck.slides.at(-1)?.blocks)).toMatch(
      /complain to the force.*Independent Office for Police Conduct/,
    );
  });

  test("what was done: outreach first, then diversion, then enforcement, whatever the release's order", () => {
    const groups = groupsOf(slideOf("done").blocks);
    expect(groups.map(({ title }) => title)).toEqual([
      "Outreach and support",
      "Diversion: courses instead of court",
      "Enforcement",
    ]);
    expect(groups[1]?.rows.map(({ figure }) => figure)).toEqual([
      "20",
      "Fewer than 10, or withheld",
    ]);
    expect(groups[0]?.rows[0]?.period).toBe("1 August 2021 to 26 November 2021");
  });

  test("a group without totals says so, and a release without any does not say that nothing was done", () => {
    const only = sampleRelease({
      done: reply.release.done.filter((row) => row.group !== "outreach"),
    });
    const groups = groupsOf(slideOf("done", deckOf(shownAtFirst(only))).blocks);
    expect(groups[0]?.note).toBe("No total is available for this release.");
    expect(words("done", deckOf(shownAtFirst(sampleRelease({ done: [] }))))).toContain(
      "That does not mean nothing was done.",
    );
  });

  test("an operation's name, a code of the police, is said only to tell it apart from another", () => {
    const [answer] = reply.release.answers;
    if (!answer) throw new Error("The sample has no answer");
    const phases = [{ name: "Clear", ...answer.helped }];
    const one = { ...answer, operation: "harrow-2021", phases };
    const two = { ...answer, operation: "barnet-2021" };
    const aboutOf = (...answers: readonly (typeof one | typeof two)[]) => {
      const shown = shownAtFirst(sampleRelease({ answers: [...answers] }));
      const onPaper = handoutOf(shown).sections.helped.blocks;
      const blocks = [
        ...onPaper,
        ...["helped", "moved"].flatMap((id) => slideOf(id, deckOf(shown)).blocks),
      ];
      return blocks.flatMap((block) => (block.kind === "answer" ? [block.about] : []));
    };
    expect(new Set(aboutOf(one))).toEqual(new Set([null, "Clear"]));
    expect(aboutOf(one, two)).toEqual(
      expect.arrayContaining(["harrow-2021", "harrow-2021: Clear", "barnet-2021"]),
    );
  });

  test("how often the forecast was right stands after whether it moved, and in no release from before it was said", () => {
    const forecast = { text: "In 4 of 16 weeks.", basis: "Sealed before." };
    const { slides } = deckOf(shownAtFirst(sampleRelease({ forecast })));
    const ids = slides.map(({ id }) => id);
    expect(ids[ids.indexOf("forecast") - 1]).toBe("moved");
    const slide = slides.find(({ id }) => id === "forecast");
    expect(slide?.blocks).toEqual([{ kind: "answer", about: null, ...forecast }]);
    expect(deck.slides.map(({ id }) => id)).not.toContain("forecast");
  });

  test("without an assessment whether it helped or moved cannot be told, which is said", () => {
    const bare = deckOf(shownAtFirst(sampleRelease({ answers: [], commitments: [] })));
    expect(words("helped", bare)).toContain("cannot show");
    expect(words("moved", bare)).toContain("cannot show");
    expect(words("promised", bare)).toContain("Nothing was recorded");
    expect(words("moved")).toContain("Hackney: cannot tell.");
    expect(words("helped")).toContain("by 12 to 41 in a hundred, best estimate 28");
  });

  test("“fewer than 10 does not mean none” stands below each slide with figures", () => {
    const having = deck.slides.filter(({ hasFigures }) => hasFigures).map(({ id }) => id);
    expect(having).toEqual(["reported", "where", "list", "when", "done"]);
  });

  test("a month in which nothing may be shown has no nought anywhere", () => {
    const values = reply.release.values.map((value) => ({ ...value, count: null }));
    const none = deckOf(shownAtFirst(sampleRelease({ values, done: [], answers: [] })));
    expect(slideOf("reported", none).heading).toContain("the number of complaints is not shown");
    expect(words("list", none)).toContain("No area has a figure");
    expect(words("when", none)).toContain("Not shown in any of these months.");
    for (const id of ["reported", "list"]) expect(words(id, none)).not.toMatch(/"0"|\b0\b/);
  });

  test("all words about people keep to the words of the house", () => {
    const all = JSON.stringify([deck, handoutOf(shownAtFirst(reply)).sections]);
    expect(all).not.toMatch(/prostitut|\btarget|hooker|problem sex worker/i);
  });
});

describe("questions", () => {
  test("ten, each with a short answer and where it comes from", () => {
    expect(deck.questions.length).toBe(11);
    for (const { blocks, heading } of deck.questions.slice(1)) {
      const [answer, source] = blocks;
      expect(answer?.kind === "text" && answer.text.length, heading).toBeLessThan(420);
      expect(JSON.stringify(source)).toContain("Where this comes from");
    }
    expect(words("q4")).toContain("0 to 9");
  });
});

describe("steps", () => {
  test("stay among the slides, or among the questions", () => {
    expect(moveTo(deck, "reported", { to: "before" }, "reported")).toBe("reported");
    expect(moveTo(deck, "reported", { to: "next" }, "reported")).toBe("where");
    expect(moveTo(deck, "method", { to: "next" }, "reported")).toBe("method");
    expect(moveTo(deck, "where", { to: "last" }, "reported")).toBe("method");
    expect(moveTo(deck, "q3", { to: "first" }, "where")).toBe("questions");
    expect(moveTo(deck, "q10", { to: "next" }, "where")).toBe("q10");
  });

  test("lead to a question by its number and back to where it was asked", () => {
    expect(moveTo(deck, "moved", { to: "questions" }, "reported")).toBe("questions");
    expect(moveTo(deck, "moved", { to: "question", number: 10 }, "reported")).toBe("q10");
    expect(moveTo(deck, "q10", { to: "questions" }, "moved")).toBe("moved");
  });

  test("an address that names no slide opens the first", () => {
    expect(currentSlide(deck, "nonsense").slide.id).toBe("reported");
    expect(currentSlide(deck, undefined).at).toBe(0);
  });
});

describe("the handout", () => {
  test("says how to complain about the use of one's data, and within how many days that is acknowledged", () => {
    const method = JSON.stringify(handoutOf(shownAtFirst(reply)).sections.method);
    expect(method).toContain("data protection officer");
    expect(method).toContain("acknowledge it within 30 days and tell you the outcome");
    expect(method).toContain("ico.org.uk");
  });

  test("says what it leaves out for want of room", () => {
    const many = sampleRelease({
      commitments: Array.from({ length: 9 }, (_, at) => ({
        said: `${at} ${"words ".repeat(40)}`,
        did: "did",
        next: "next",
        by: "2022-01-31",
      })),
    });
    const { promised } = handoutOf(shownAtFirst(many)).sections;
    expect(promised.blocks.length).toBe(4);
    expect(JSON.stringify(promised.blocks.at(-1))).toContain("6 more are in the text version");
    const short = handoutOf(shownAtFirst(reply)).sections.promised;
    expect(short.blocks.length).toBe(1);
  });
});
