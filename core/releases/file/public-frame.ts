import { commandId } from "#core/places/public-areas.ts";
import type { PanelArea } from "#core/places/wire/places.ts";
import { fileStyle } from "#core/releases/file/html.ts";
import { framed, markOf, unchecked } from "#core/releases/file/issue.ts";
import { html, type Markup } from "#core/releases/file/markup.ts";
import type { Language } from "#core/releases/presentation/language.ts";
import type { ReleaseDocument } from "#core/releases/wire/release.ts";
import { languageCodes, ownNames } from "#core/text/languages.ts";

interface Page {
  readonly language: Language;
  readonly area?: string | undefined;
  readonly title?: string;
  readonly heading: string;
  readonly mark?: string | null;
  readonly main: Markup;
  readonly after?: Markup;
}

/** What every page under `/public` has. */
export function pageOf(page: Page): string {
  const { language, area, heading, title = heading, mark = null, main, after = html`` } = page;
  const { say, code } = language;
  const languages = languageCodes.map(
    (one) =>
      html`<li><a href="${addressOf({ area: said(area), lang: one })}" lang="${one}" hreflang="${one}"${one === code ? html` aria-current="true"` : html``}>${ownNames[one]}</a></li>`,
  );
  return framed({
    language,
    title: mark === null ? title : `${title}: ${mark}`,
    style: publicStyle,
    policy: publicPolicy,
    body: html`<a class="skip" href="#main">${say("public.skip")}</a>
<header>${markOf(mark, language)}<h1>${heading}</h1>
<nav class="line" aria-label="${say("public.languages")}"><ul>${languages}</ul></nav>${unchecked(language)}</header>
<main id="main" tabindex="-1">
${main}
</main>
${after}`,
  });
}

/** A ward, street or postcode, and the areas of a release that hold it, most of it first. */
export interface FoundPlace {
  readonly name: string;
  readonly areas: readonly PanelArea[];
}

interface Choice {
  readonly chosen?: string;
  /** Of places that are no area of the release. */
  readonly names?: readonly FoundPlace[];
  /** Where what was typed was not found, the list is what is left. */
  readonly isOpen?: boolean;
}

/** By a form and by links: no script. Each borough lists its areas, then other names with theirs. */
export function pickerMarkup(
  language: Language,
  release: ReleaseDocument,
  { chosen, names = [], isOpen = false }: Choice = {},
): Markup {
  const { say, code } = language;
  const current = (id: string) => (id === chosen ? html` aria-current="true"` : html``);
  const link = ({ id, name }: PanelArea) =>
    html`<a href="${query(language, id)}"${current(id)}>${name}</a> `;
  const listOf = (lines: readonly Markup[], look = html``) =>
    lines.length === 0
      ? html``
      : html`<ul${look}>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
  const under = (parent: string | null): Markup => {
    const areas = release.areas.filter((area) => area.parent === parent);
    const others = names.filter(({ areas: [first] }) => first?.parent === parent);
    return html`${listOf(areas.map((area) => html`${link(area)}${under(area.id)}`))}${listOf(
      others.map(({ name, areas: own }) =>
        own.length === 1
          ? html`<b>${name}:</b> ${own.map(link)}`
          : html`<a href="${query(language, name)}">${name}</a>`,
      ),
      html` class="found"`,
    )}`;
  };
  const kept = html`<input type="hidden" name="lang" value="${code}">`;
  return html`<form method="get"><label for="find">${say("public.find")}</label>
<div class="line"><input id="find" name="area" maxlength="100" autocomplete="off" aria-describedby="find-kept">${kept}<button>${say("public.show")}</button></div>
<p id="find-kept" class="quiet">${say("public.find-kept")}</p></form>
<details${isOpen ? html` open` : html``}><summary>${say("public.choose")}</summary>${under(null)}</details>`;
}

export function newest(language: Language): Markup {
  return html`<p><a href="/public${query(language)}">${language.say("public.newest")}</a></p>`;
}

/** Relative, so that a page is the same at either of its addresses; names the language, which then stays. */
export function query({ code }: Language, area?: string): string {
  return addressOf({ area: said(area), lang: code });
}

function said(area: string | undefined): string | undefined {
  return area === commandId ? undefined : area;
}

function addressOf(parts: Readonly<Record<string, string | undefined>>): string {
  const written = Object.entries(parts).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `?${written.join("&")}`;
}

/** The file's, for a phone. */
export const publicStyle = `${fileStyle}
body { max-width: 44rem; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.25rem; } h3 { font-size: 1.1rem; }
section, main > nav, body > nav { margin: 1.5rem 0 0; padding: 1.25rem 0 0; border-top: 1px solid var(--edge); }
main > section:first-child { margin: 0; }
nav a, details a, dt a { display: inline-block; padding: .55rem 0; } .found a { display: inline-block; padding: .55rem .75rem .55rem 0; } [aria-current] { font-weight: 600; }
nav ul, details ul { margin: 0; padding: 0; list-style: none; } details ul ul { padding-left: 1rem; } details ul ul ul { columns: 9rem; }
details .found { columns: auto; margin: .5rem 0; } details .found li { padding: 0 0 0 1rem; border-top: 1px solid var(--edge); text-indent: -1rem; } .found b { font-weight: 600; } details .found a { padding: .4rem .6rem .4rem 0; text-indent: 0; }
header nav a { padding: .3rem 0; } header .quiet { font-size: 1rem; }
.line, .line ul { display: flex; flex-wrap: wrap; gap: 0 1rem; } div.line { gap: .5rem; }
label { font-weight: 600; } input, button { min-height: 2.75rem; padding: 0 .75rem; border: 1px solid var(--edge); border-radius: 6px; background: var(--surface); color: var(--ink); font: inherit; } input { flex: 1 1 12rem; min-width: 0; }
#done dl > div { display: flex; gap: 1rem; } #done dt { flex: 1; font-weight: 400; } #done dd { max-width: 45%; font-weight: 600; text-align: right; }
main > dl dd { display: inline-block; margin: 0 1rem 0 0; } main > dl dt + dd { font-weight: 600; } summary { padding: .55rem 0; font-weight: 600; cursor: pointer; } form { margin: 1rem 0 0; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; } main:focus { outline: none; }
table { width: 100%; margin: 0 0 .6rem; } thead th + th { text-align: right; } .months { columns: 12rem; padding: 0; list-style: none; } .figure strong { font-size: 2rem; }
@media print { form, form + details, header .line, main > nav, body > nav, .skip { display: none; } body { padding: 0; } details.more { display: block; } details.more::details-content { content-visibility: visible; } }
`;

/** Hash of `publicStyle`; the test that compares prints the new one. */
export const publicStyleHash = "sha256-kjbsApEBWjdx22iZBtj5mLGjnwH73KolOIBXLa25IDQ=";

export const publicPolicy = `default-src 'none'; style-src '${publicStyleHash}'; base-uri 'none'; form-action 'self'`;
