import { describe, expect, test } from "vitest";
import { releaseHtml } from "#core/releases/file/html.ts";
import { releaseText } from "#core/releases/file/text.ts";
import { deckOf, shownAtFirst } from "#core/releases/presentation/deck.ts";
import { handoutOf } from "#core/releases/presentation/handout.ts";
import { inEnglish } from "#core/releases/presentation/language.ts";
import type { Shown } from "#core/releases/presentation/slide.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";

const reply = sampleRelease();
const issue = { reply, language: inEnglish };
const read = { asAt: "2026-03-01", readAgainOn: "2026-09-01" };
const texts = reply.release.law.map((text) => ({ ...text, ...read }));
const shownOn = (today: string): Shown => ({
  ...shownAtFirst(reply),
  lawNow: { today, texts },
});
const blocksOf = (id: string, shown: Shown) =>
  deckOf(shown).slides.find((slide) => slide.id === id)?.blocks ?? [];

describe("a slide of law", () => {
  test("whose date is past says so in sight, and on that date not yet", () => {
    for (const id of ["law", "selling", "powers", "limits"]) {
      // The first block: on a slide of several parts the others come later.
      expect(blocksOf(id, shownOn("2026-09-02"))[0], id).toEqual({
        kind: "text",
        text: "Read on 1 March 2026: check before you rely on it.",
        look: "strong",
      });
      expect(blocksOf(id, shownOn("2026-09-01")), id).toContainEqual({
        kind: "text",
        text: "As read on 1 March 2026. To be read again by 1 September 2026.",
        look: "quiet",
      });
    }
  });

  test("with laws of several dates gives each its own, and names every date that is past", () => {
    const [older = "", newer = ""] = ["2025-12-18", "2026-03-01"];
    const mixed = texts.map((text) =>
      text.id === "not-offences" ? { ...text, asAt: older, readAgainOn: "2026-12-18" } : text,
    );
    const onDay = (today: string): Shown => ({
      ...shownAtFirst(reply),
      lawNow: { today, texts: mixed },
    });
    const [list, ...rest] = blocksOf("law", onDay("2026-03-02"));
    const items = list?.kind === "list" ? list.items : [];
    expect(items[0]).toMatch(
      / As read on 18 December 2025\. To be read again by 18 December 2026\.$/,
    );
    for (const item of items.slice(1)) {
      expect(item).toMatch(/ As read on 1 March 2026\. To be read again by 1 September 2026\.$/);
    }
    expect(rest).toEqual([]);
    const dueOn = (today: string) => blocksOf("law", onDay(today))[0];
    const text = (dates: string) => `Read on ${dates}: check before you rely on it.`;
    expect(dueOn("2026-09-02")).toMatchObject({ text: text(inEnglish.date(newer)) });
    const both = "18 December 2025 and 1 March 2026";
    expect(dueOn("2026-12-19")).toMatchObject({ text: text(both) });
  });

  test("that speaks of victims “of these” says first of what", () => {
    const blocks = blocksOf("selling", shownOn("2026-03-02"));
    expect(blocks.map((block) => block.kind)).toEqual(["list", "list", "text"]);
    expect(JSON.stringify(blocks[1])).toContain("can be a victim of these");
  });

  test("names Act and section, in English in every language, and what is not known to be in force", () => {
    const [law] = blocksOf("law", shownOn("2026-03-02"));
    expect(law).toMatchObject({ kind: "list", lang: "en" });
    expect(JSON.stringify(law)).toContain(
      "even once or from a car. (Sexual Offences Act 2003, s. 51A)",
    );
    expect(JSON.stringify(blocksOf("powers", shownOn("2026-03-02")))).toContain(
      "(Crime and Policing Act 2026, s. 1) Not known to be in force on 1 March 2026.",
    );
    const page = releaseHtml(issue);
    expect(page).toContain('<ul lang="en"><li>In England and Wales selling sex');
  });
});

describe("SAFEGUARDS 22: what a release froze of the law", () => {
  const changed = {
    today: "2027-01-01",
    texts: texts.map((one) => ({ ...one, text: "Changed." })),
  };

  test("is what its handout and files say, whatever the law is now; its slides say the law as it is now", () => {
    const shown: Shown = shownAtFirst(reply);
    expect(JSON.stringify(handoutOf(shown))).toContain("even once or from a car");
    expect(releaseHtml(issue)).toContain("even once or from a car");
    expect(releaseText(issue)).toContain("even once or from a car");
    const slide = JSON.stringify(blocksOf("law", { ...shown, lawNow: changed }));
    expect(slide).toContain("Changed.");
    expect(slide).not.toContain("even once or from a car");
  });

  test("is nothing in one from before: its files have no law, its slides have it", () => {
    const before = sampleRelease({ law: [] });
    const shown = shownAtFirst(before);
    expect(releaseText({ ...issue, reply: before })).not.toContain("What the law says");
    expect(handoutOf(shown).sections.law.title).toBe("What does not help");
    const ids = deckOf({ ...shown, lawNow: changed }).slides.map(({ id }) => id);
    expect(ids).toEqual(deckOf(shownAtFirst(reply)).slides.map(({ id }) => id));
  });
});
