import { type Issue, issueLines, movedWords, withdrawnWords } from "#core/releases/file/issue.ts";
import { deckOf, shownAtFirst } from "#core/releases/presentation/deck.ts";
import { fewerWords, monthWords } from "#core/releases/presentation/figure-slides.ts";
import { inEnglish, spokenIn } from "#core/releases/presentation/language.ts";
import { questionsOf } from "#core/releases/presentation/law-slides.ts";
import type { Block } from "#core/releases/presentation/slide.ts";
import { areaOf, monthsOf, sightingsOf } from "#core/releases/presentation/view.ts";
import { isUnchecked } from "#core/text/language.ts";
import { uncheckedWords } from "#core/text/languages.ts";

/** Plain text for screen readers: no table, no picture, one statement a line. */
export function releaseText({ language, ...given }: Issue): string {
  const reply = spokenIn(given.reply, language);
  const issue = { reply, language };
  const { release } = reply;
  const { mark } = release;
  const { say } = language;
  const withdrawn = withdrawnWords(issue);
  if (withdrawn !== null) return lines([...withdrawn, "", ...issueLines(issue)]);
  const shown = shownAtFirst(reply, language);
  const slides = deckOf(shown).slides.filter(({ id }) => !["where", "when"].includes(id));
  const values = { threshold: String(release.threshold), base: String(release.base) };
  return lines([
    ...heading(say("file.title", { number: String(release.number) }), "="),
    ...(mark === null ? [] : [mark, say("paper.mark-words")]),
    ...(isUnchecked(language) ? [uncheckedWords[language.code], uncheckedWords.en] : []),
    say("file.text-about", values),
    fewerWords(release, language),
    ...movedWords(issue.reply.release),
    ...slides.flatMap((slide) => [
      ...heading(slide.heading, "-"),
      ...slide.blocks.flatMap(blockText),
    ]),
    ...heading(say("file.by-month"), "-"),
    ...release.areas.flatMap((area) => [
      "",
      area.name,
      ...monthsOf(release, area.id).map((point) => monthWords(point, language)),
    ]),
    ...sightingsText(issue),
    ...heading(inEnglish.say("questions.heading"), "-"),
    ...questionsOf(shown).flatMap(({ question, answer, source }) => [
      "",
      question,
      answer,
      inEnglish.say("questions.source", { source }),
    ]),
    "",
    ...issueLines(issue),
  ]);
}

function sightingsText({ reply: { release }, language }: Issue): readonly string[] {
  const { id, name } = areaOf(release, undefined) ?? { id: "", name: "" };
  const points = monthsOf(release, id, "sightings")
    .filter(({ month }) => sightingsOf(release, month) !== undefined)
    .map((point) => monthWords(point, language));
  const title = language.say("reported.sightings-row", { area: name });
  return points.length === 0 ? [] : ["", title, ...points];
}

function heading(text: string, line: "=" | "-"): readonly string[] {
  return ["", text, line.repeat(text.length), ""];
}

/** The one line end that all readers take. */
function lines(all: readonly string[]): string {
  return `${all.join("\n").trim()}\n`;
}

function blockText(block: Block): readonly string[] {
  switch (block.kind) {
    case "figure":
      return [`${block.count} ${block.label}`];
    case "text":
      return [block.text];
    case "list":
      return [...(block.title ? [block.title] : []), ...block.items.map((item) => `- ${item}`)];
    case "table":
      return block.rows.map(([area, count]) => `${area}: ${count}`);
    case "groups":
      return block.groups.flatMap(({ title, note, rows }) => [
        title,
        ...(note === null ? [] : [note]),
        ...rows.map(({ inOneLine }) => `- ${inOneLine}`),
      ]);
    case "answer":
      return [block.about, block.text, block.wrongIf, block.basis].filter((line) => line != null);
    case "promise":
      return block.parts.map(({ title, text }) => `${title}: ${text}`);
    case "pairs":
      return block.pairs.flatMap(({ title, text }) => [title, text]);
    // Their figures are listed below by area and month.
    case "map":
    case "months":
      return [];
    case "questions":
      return block.questions;
  }
}
