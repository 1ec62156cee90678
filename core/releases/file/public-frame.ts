import { commandId } from "#core/places/public-areas.ts";
import { framed, markOf, unchecked } from "#core/releases/file/frame.ts";
import { html, type Markup } from "#core/releases/file/markup.ts";
import { publicStyle, publicStyleHash } from "#core/releases/file/public-style.ts";
import type { Language } from "#core/releases/presentation/language.ts";
import type { ReleaseDocument } from "#core/releases/wire/release.ts";
import { languageCodes, ownNames } from "#core/text/languages.ts";

export const publicPolicy = `default-src 'none'; style-src '${publicStyleHash}'; base-uri 'none'; form-action 'self'`;

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

/** By a form and by links: no script. */
export function pickerMarkup(
  language: Language,
  release: ReleaseDocument,
  chosen?: string,
): Markup {
  const { say, code } = language;
  const under = (parent: string | null): Markup => {
    const areas = release.areas.filter((area) => area.parent === parent);
    if (areas.length === 0) return html``;
    const current = (id: string) => (id === chosen ? html` aria-current="true"` : html``);
    return html`<ul>${areas.map(
      ({ id, name }) =>
        html`<li><a href="${query(language, id)}"${current(id)}>${name}</a>${under(id)}</li>`,
    )}</ul>`;
  };
  const kept = code === "en" ? html`` : html`<input type="hidden" name="lang" value="${code}">`;
  return html`<form method="get"><label for="find">${say("public.find")}</label>
<div class="line"><input id="find" name="area" maxlength="100" autocomplete="off" aria-describedby="find-kept">${kept}<button>${say("public.show")}</button></div>
<p id="find-kept" class="quiet">${say("public.find-kept")}</p></form>
<details><summary>${say("public.choose")}</summary>${under(null)}</details>`;
}

export function newest(language: Language): Markup {
  return html`<p><a href="/public${query(language)}">${language.say("public.newest")}</a></p>`;
}

/** Relative, so that a page is the same at either of its addresses. */
export function query({ code }: Language, area?: string): string {
  return addressOf({ area: said(area), lang: code === "en" ? undefined : code });
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
