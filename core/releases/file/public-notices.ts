import type { PanelArea } from "#core/places/wire/places.ts";
import { blockMarkup } from "#core/releases/file/html.ts";
import { movedMarkup } from "#core/releases/file/issue.ts";
import { html, type Markup } from "#core/releases/file/markup.ts";
import {
  type FoundPlace,
  newest,
  pageOf,
  pickerMarkup,
  query,
} from "#core/releases/file/public-frame.ts";
import { fewerThan, fewerWords, monthWords } from "#core/releases/presentation/figure-slides.ts";
import type { Language, PlainKey } from "#core/releases/presentation/language.ts";
import { helpLines, reportLines } from "#core/releases/presentation/law-slides.ts";
import { textsOf } from "#core/releases/presentation/slide.ts";
import { type MonthFigure, monthsOf } from "#core/releases/presentation/view.ts";
import type { ReleaseDocument } from "#core/releases/wire/release.ts";
import { languageCodes, ownNames } from "#core/text/languages.ts";

export function choicePage(
  language: Language,
  release: ReleaseDocument,
  found: readonly FoundPlace[],
): string {
  const { say } = language;
  const [only, ...others] = found;
  const isOne = only !== undefined && others.length === 0;
  const answer = isOne
    ? html`${partsMarkup(only.areas, release, language)}${movedMarkup(release, language)}<p>${say("public.parts-about")}</p><p class="strong">${fewerWords(release, language)} ${say("when.by-chance")}</p><p>${say("reported.more-or-less")}</p>`
    : html`<p>${say("public.which-about")}</p>${foundMarkup(found, language)}`;
  return pageOf({
    language,
    mark: release.mark,
    heading: isOne ? only.name : say("public.which"),
    main: html`${answer}${pickerMarkup(language, release)}${helpMarkup(language)}`,
  });
}

/** The answer where one place was meant: the newest month of each of its areas, and the month before. */
function partsMarkup(areas: readonly PanelArea[], release: ReleaseDocument, language: Language) {
  const { say } = language;
  const parts = areas.map((area) => {
    const points = monthsOf(release, area.id).slice(-2).toReversed();
    const told = points.every(({ state }) => state === "withheld") ? points.slice(0, 1) : points;
    const figures = told.map(
      (point) => html`<dd>${monthWords(point, language, fewerThan(release, language))}</dd>\n`,
    );
    return html`<dt>${linkTo(area, language)}</dt>\n${figures}${changeMarkup(points, language)}`;
  });
  return html`<h2>${say("list.count")}</h2><dl>${parts}</dl>`;
}

/** Of two figures that are both shown: where they differ once rounded, they differ in truth and so. */
function changeMarkup([now, before]: readonly MonthFigure[], { say }: Language): Markup {
  const [count, last] = [now?.count ?? null, before?.count ?? null];
  if (count === null || last === null) return html``;
  if (count === last) return html`<dd>${say("public.about-same")}</dd>`;
  return html`<dd>${say(count < last ? "public.fewer" : "public.more")}</dd>`;
}

function linkTo({ id, name }: PanelArea, language: Language): Markup {
  return html`<a href="${query(language, id)}">${name}</a> `;
}

/** A place and its areas a line. */
function foundMarkup(found: readonly FoundPlace[], language: Language): Markup {
  const lines = found.map(({ name, areas }) => {
    const isItself = areas[0]?.name === name;
    return html`${isItself ? "" : `${name}: `}${areas.map((area) => linkTo(area, language))}`;
  });
  return html`<ul class="found">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

interface NoticeParts {
  /** To choose an area of. */
  readonly release?: ReleaseDocument;
  /** Names near to what was typed. */
  readonly close?: readonly FoundPlace[];
  readonly hasNewest?: boolean;
  /** Where help is and how to complain, whether or not there are figures. */
  readonly hasHelp?: boolean;
}

export function noticePage(
  language: Language,
  words: string,
  { release, close = [], hasNewest = false, hasHelp = false }: NoticeParts = {},
): string {
  const picker = release ? pickerMarkup(language, release, { isOpen: true }) : html``;
  const guesses =
    close.length === 0
      ? html``
      : html`<p>${language.say("public.close")}</p>${foundMarkup(close, language)}`;
  const main = html`${guesses}${picker}${hasNewest ? newest(language) : html``}${hasHelp ? helpMarkup(language) : html``}`;
  return pageOf({ language, mark: release?.mark ?? null, heading: words, main });
}

export function helpMarkup(language: Language): Markup {
  const { say } = language;
  const blocks = [...helpLines(language), ...reportLines(language)];
  const complain = textsOf(
    say("public.challenge-data"),
    say("public.challenge-ico"),
    say("public.challenge-police"),
  );
  return html`<section id="help"><h2>${say("help.heading")}</h2>
${[...blocks, ...complain].map((block) => blockMarkup(block, language))}</section>`;
}

export function publicNotice({ say }: Language, notice: PublicNotice): string {
  return notice === "language"
    ? say("public.unknown-language", {
        languages: languageCodes.map((code) => ownNames[code]).join(", "),
      })
    : say(notices[notice]);
}

const notices = {
  area: "public.unknown-area",
  release: "public.unknown-release",
  address: "public.unknown-address",
  none: "public.none",
  withdrawn: "public.none-left",
  readOnly: "public.read-only",
  tooMany: "public.too-many",
  fault: "public.fault",
  closed: "public.closed",
} as const satisfies Record<string, PlainKey>;
export type PublicNotice = keyof typeof notices | "language";
