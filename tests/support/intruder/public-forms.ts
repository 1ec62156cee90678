import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { HandoutPages } from "#client/releases/handout/HandoutPages.tsx";
import { SlideBlocks } from "#client/releases/panel/SlideBlocks.tsx";
import { releaseCsv } from "#core/releases/file/csv.ts";
import { releaseHtml } from "#core/releases/file/html.ts";
import { publicPage } from "#core/releases/file/public-page.ts";
import { releaseText } from "#core/releases/file/text.ts";
import { deckOf, drawMap } from "#core/releases/presentation/deck.ts";
import { handoutOf } from "#core/releases/presentation/handout.ts";
import { inEnglish } from "#core/releases/presentation/language.ts";
import type { Shown } from "#core/releases/presentation/slide.ts";
import type { PanelLevel } from "#core/releases/presentation/view.ts";
import type { ReleaseReply } from "#core/releases/wire/release.ts";

/** What slides and handout are set to; of a form without choices, what it shows at first. */
export interface Setting {
  readonly month: string;
  readonly level: PanelLevel;
  /** Whose months are drawn. */
  readonly area: string;
}

/** One thing that a stranger can hold of a release, letter for letter. */
export interface PublicForm extends Setting {
  readonly kind: "json" | "csv" | "text" | "html" | "page" | "slide" | "handout";
  readonly text: string;
}

/** Every form of a release: data, files, the page of every area, all slides at every setting, and the handout of every month or of some. */
export function publicForms(
  reply: ReleaseReply,
  months: readonly string[] = reply.release.months,
): PublicForm[] {
  const { release } = reply;
  const issue = { reply, language: inEnglish };
  const map = drawMap(release);
  const atFirst: Setting = { month: release.months.at(-1) ?? "", level: "part", area: "command" };
  const levels: readonly PanelLevel[] = ["part", "borough"];
  const settings = months.flatMap((month) => levels.map((level) => ({ ...atFirst, month, level })));
  const show = (setting: Setting): Shown => ({ reply, map, language: inEnglish, ...setting });
  const slide = (setting: Setting, ids: readonly string[]): PublicForm => ({
    ...setting,
    kind: "slide",
    text: slidesOf(show(setting), ids),
  });
  const { slides, questions } = deckOf(show(atFirst));
  return [
    { ...atFirst, kind: "json", text: JSON.stringify(reply) },
    { ...atFirst, kind: "csv", text: releaseCsv(issue) },
    { ...atFirst, kind: "text", text: releaseText(issue) },
    { ...atFirst, kind: "html", text: releaseHtml(issue) },
    slide(
      atFirst,
      [...slides, ...questions].map(({ id }) => id),
    ),
    ...settings.flatMap((setting): PublicForm[] => [
      slide(setting, ["reported", "where", "list"]),
      { ...setting, kind: "handout", text: handoutMarkup(show(setting)) },
    ]),
    ...release.areas.flatMap(({ id }): PublicForm[] => [
      slide({ ...atFirst, area: id }, ["when"]),
      { ...atFirst, area: id, kind: "page", text: publicPage({ ...issue, map, area: id }, null) },
    ]),
  ];
}

function slidesOf(shown: Shown, ids: readonly string[]): string {
  const { slides, questions } = deckOf(shown);
  return [...slides, ...questions]
    .filter(({ id }) => ids.includes(id))
    .map(({ heading, blocks }) =>
      renderToStaticMarkup(
        createElement(
          "section",
          {},
          createElement("h2", {}, heading),
          createElement(SlideBlocks, { blocks }),
        ),
      ),
    )
    .join("\n");
}

function handoutMarkup(shown: Shown): string {
  const content = handoutOf(shown);
  return renderToStaticMarkup(createElement(HandoutPages, { shown, content }));
}
