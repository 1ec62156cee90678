import type { PanelArea } from "#core/places/wire/places.ts";
import { blockMarkup } from "#core/releases/file/html.ts";
import { html, type Markup } from "#core/releases/file/markup.ts";
import { newest, pageOf, pickerMarkup, query } from "#core/releases/file/public-frame.ts";
import type { Language, PlainKey } from "#core/releases/presentation/language.ts";
import { helpLines, reportLines } from "#core/releases/presentation/law-slides.ts";
import { textsOf } from "#core/releases/presentation/slide.ts";
import type { ReleaseDocument } from "#core/releases/wire/release.ts";
import { languageCodes, ownNames } from "#core/text/languages.ts";

/** A street or postcode that was found in several areas, or several of that name. */
export interface FoundPlace {
  readonly name: string;
  readonly areas: readonly PanelArea[];
}

export function choicePage(language: Language, found: readonly FoundPlace[]): string {
  const { say } = language;
  const items = found.map(({ name, areas }) => {
    const links = areas.map(
      (one, at) => html`${at > 0 ? ", " : ""}<a href="${query(language, one.id)}">${one.name}</a>`,
    );
    return html`<li>${name}: ${links}</li>`;
  });
  return pageOf({
    language,
    heading: say("public.which"),
    main: html`<p>${say("public.which-about")} ${say("public.whole-area")}</p><ul class="found">${items}</ul>${helpMarkup(language)}`,
  });
}

interface NoticeParts {
  /** To choose an area of. */
  readonly release?: ReleaseDocument;
  readonly hasNewest?: boolean;
  /** Where help is and how to complain, whether or not there are figures. */
  readonly hasHelp?: boolean;
}

/** Why there is no other page. */
export function noticePage(
  language: Language,
  words: string,
  { release, hasNewest = false, hasHelp = false }: NoticeParts = {},
): string {
  const picker = release ? pickerMarkup(language, release) : html``;
  const main = html`${picker}${hasNewest ? newest(language) : html``}${hasHelp ? helpMarkup(language) : html``}`;
  return pageOf({ language, heading: words, main });
}

/** For a page without figures. */
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

/** In words, why there is nothing else to read. */
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
