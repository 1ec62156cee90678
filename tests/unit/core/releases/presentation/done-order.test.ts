import { expect, test } from "vitest";
import {
  doneBlocks,
  firstOfEach,
  inOrderOfTelling,
  tellingGroupOf,
} from "#core/releases/presentation/answer-slides.ts";
import { deckOf, shownAtFirst } from "#core/releases/presentation/deck.ts";
import { handoutOf } from "#core/releases/presentation/handout.ts";
import { inEnglish } from "#core/releases/presentation/language.ts";
import type { ReleaseDone, ReleaseReply } from "#core/releases/wire/release.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";

const row = (group: ReleaseDone["group"], measure: string, to: string): ReleaseDone => {
  const from = `${to.slice(0, 5)}01-01`;
  return { group, measure, label: measure, from, to, count: 15 };
};

test("the latest period is told first, a whole before its parts, else as the release has it", () => {
  const done = [
    row("enforcement", "arrests", "2020-11-26"),
    row("enforcement", "arrests:residence:not_known", "2021-11-26"),
    row("enforcement", "cautions", "2021-11-26"),
    row("enforcement", "arrests", "2021-11-26"),
  ];
  expect(inOrderOfTelling(done).map(({ measure, to }) => `${measure} ${to.slice(0, 4)}`)).toEqual([
    "cautions 2021",
    "arrests 2021",
    "arrests:residence:not_known 2021",
    "arrests 2020",
  ]);
});

test("no group is left out for the length of another: paper would say that nothing was typed", () => {
  const many = Array.from({ length: 20 }, (_, at) => row("outreach", `one_${at}`, "2021-11-26"));
  const kept = firstOfEach([...many, row("enforcement", "arrests", "2021-11-26")], 6);
  expect(kept.filter(({ group }) => group === "outreach")).toHaveLength(6);
  expect(kept.at(-1)?.measure).toBe("arrests");
});

test("people whom police identified are told apart from enforcement, as they were frozen or not", () => {
  const identified = row("enforcement", "sex_workers_identified:residence:not_known", "2021-11-26");
  expect(tellingGroupOf(identified)).toBe("identified");
  const sample = sampleRelease();
  const done = [
    ...sample.release.done,
    identified,
    row("enforcement", "kerb_crawlers_identified", "2021-11-26"),
  ];
  const titles = (reply: ReleaseReply) =>
    doneBlocks(reply.release, inEnglish).flatMap((block) =>
      block.kind === "groups" ? block.groups.map(({ title, rows }) => [title, rows.length]) : [],
    );
  expect(titles(sampleRelease({ done }))).toEqual([
    ["Outreach and support", 1],
    ["Diversion: courses instead of court", 2],
    ["Who police recorded, and what is not known", 2],
    ["Enforcement", 1],
  ]);
  expect(titles(sample).map(([title]) => title)).not.toContain(
    "Who police recorded, and what is not known",
  );
});

test("what a sighting is, is said where sightings are", () => {
  const is = "A sighting is a report of something that was seen";
  const shown = shownAtFirst(sampleRelease());
  expect(JSON.stringify(deckOf(shown).slides[0]?.blocks)).toContain(is);
  expect(JSON.stringify(handoutOf(shown).sections.method)).toContain(is);
  const { values } = shown.reply.release;
  const none = sampleRelease({ values: values.filter(({ measure }) => measure !== "sightings") });
  expect(JSON.stringify(deckOf(shownAtFirst(none)).slides)).not.toContain(is);
  expect(JSON.stringify(handoutOf(shownAtFirst(none)))).not.toContain(is);
});
