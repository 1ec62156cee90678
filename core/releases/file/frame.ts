import { html, type Markup } from "#core/releases/file/markup.ts";
import { type Language, langOfFrozen } from "#core/releases/presentation/language.ts";
import { isUnchecked } from "#core/text/language.ts";
import { uncheckedWords } from "#core/text/languages.ts";

/** Of the file and of the public page. */
export function framed(page: {
  readonly language: Language;
  readonly title: string;
  readonly style: string;
  readonly policy: string;
  readonly body: Markup;
}): string {
  return html`<!doctype html>
<html lang="${page.language.tag}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${page.policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title}</title>
<style>${{ markup: page.style }}</style>
</head>
<body>
${page.body}
</body>
</html>
`.markup;
}

export function markOf(mark: string | null, language: Language): Markup {
  if (mark === null) return html``;
  return html`<p class="mark"${english(language)}>${mark}</p><p>${language.say("paper.mark-words")}</p>`;
}

/** On what was frozen in English, among words of another language. */
export function english(language: Language): Markup {
  return langOfFrozen(language) ? { markup: ' lang="en"' } : html``;
}

export function unchecked(language: Language): Markup {
  if (!isUnchecked(language)) return html``;
  return html`<p class="quiet">${uncheckedWords[language.code]}. <span lang="en">${uncheckedWords.en}.</span></p>
`;
}
