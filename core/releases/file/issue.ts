import { demoSuffix } from "#core/demo-words.ts";
import { html, type Markup } from "#core/releases/file/markup.ts";
import { identityOf, sourcesOf } from "#core/releases/presentation/deck.ts";
import { type Language, langOfFrozen } from "#core/releases/presentation/language.ts";
import type { ReleaseDocument, ReleaseReply } from "#core/releases/wire/release.ts";
import { isUnchecked } from "#core/text/language.ts";
import { type LanguageCode, uncheckedWords } from "#core/text/languages.ts";

/** Only the release, so that its file is the same whenever made (SAFEGUARDS 22). */
export interface Issue {
  readonly reply: ReleaseReply;
  readonly language: Language;
}

/** SAFEGUARDS 11: notes beside the figures, each with its basis. */
export function movedWords({ movedNotes }: ReleaseDocument): readonly string[] {
  return movedNotes.map(({ text, basis }) => `${text} ${basis}`);
}

export function movedMarkup(release: ReleaseDocument, language: Language): Markup {
  const notes = movedWords(release).map(
    (words) => html`<p class="moved"${english(language)}>${words}</p>\n`,
  );
  return html`${notes}`;
}

/** Which release, its hash, and whose data: at the head or foot of each file. */
export function issueLines(issue: Issue): readonly string[] {
  const { reply, language } = issue;
  const { mark, sources } = reply.release;
  return [
    ...(mark === null ? [] : [mark]),
    ...identityOf(reply, language),
    ...sourcesOf(language, sources),
  ];
}

/** Replaces everything for a withdrawn release: no file has its figures. */
export function withdrawnWords({ reply, language }: Issue): readonly string[] | null {
  const { withdrawn, release } = reply;
  if (withdrawn === null) return null;
  const { say, date } = language;
  return [
    say("withdrawn.heading", { number: String(release.number), date: date(withdrawn.on) }),
    withdrawn.notice,
    say("withdrawn.what"),
  ];
}

/** Without extension: "boxster-release-3", "-made-up-data" if so, "-tr" in Turkish. */
export function releaseFileName(
  { number, mark }: ReleaseDocument,
  code: LanguageCode = "en",
): string {
  return `boxster-release-${number}${demoSuffix(mark)}${code === "en" ? "" : `-${code}`}`;
}

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
  return html`<p class="mark">${mark}</p><p>${language.say("paper.mark-words")}</p>`;
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
