import { blockMarkup } from "#core/releases/file/blocks.ts";
import { type Issue, issueLines, movedWords, withdrawnWords } from "#core/releases/file/issue.ts";
import { html, type Markup } from "#core/releases/file/markup.ts";
import { fileStyle, fileStyleHash } from "#core/releases/file/style.ts";
import { deckOf, shownAtFirst } from "#core/releases/presentation/deck.ts";
import type { Language } from "#core/releases/presentation/language.ts";
import { questionsOf } from "#core/releases/presentation/question-slides.ts";
import type { Shown, Slide } from "#core/releases/presentation/slide.ts";
import { type MonthFigure, monthsOf } from "#core/releases/presentation/view.ts";
import type { panelMeasures } from "#core/releases/wire/panel.ts";
import type { ReleaseDocument } from "#core/releases/wire/release.ts";

/**
 * A release as one page that a locked-down laptop opens from disk: it asks for nothing, runs nothing,
 * and says so to the browser, which refuses whatever else would be written into it.
 */
export function releaseHtml(issue: Issue): string {
  const { reply, language, mark } = issue;
  const { say } = language;
  const title = say("file.title", { number: String(reply.release.number) });
  const withdrawn = withdrawnWords(issue);
  const body =
    withdrawn === null
      ? contentOf(issue)
      : html`${withdrawn.map((line) => html`<p class="strong">${line}</p>`)}`;
  const policy = `default-src 'none'; style-src '${fileStyleHash}'; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
<html lang="${language.tag}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${mark === null ? title : `${title}: ${mark}`}</title>
<style>${{ markup: fileStyle }}</style>
</head>
<body>
<header><h1>${title}</h1>${markOf(mark, say("paper.mark-words"))}</header>
<main>
${body}
</main>
<footer>${issueLines(issue).map((line) => html`<p>${line}</p>`)}</footer>
</body>
</html>
`;
  return page.markup;
}

function markOf(mark: string | null, words: string): Markup {
  return mark === null ? html`` : html`<p class="mark">${mark}</p><p>${words}</p>`;
}

/** The slides one below the other, then all figures, then the questions. */
function contentOf(issue: Issue): Markup {
  const { reply, language } = issue;
  const { say } = language;
  const shown = shownAtFirst(reply, language);
  const threshold = String(reply.release.threshold);
  return html`<p>${say("file.about")}</p>
${movedWords(issue).map((words) => html`<p class="moved">${words}</p>\n`)}
${deckOf(shown).slides.map((slide) => slideMarkup(slide, shown))}
<section><h2>${say("file.table")}</h2>
<p class="strong">${say("figure.fewer-is-not-none", { threshold })}</p>
${allFigures(reply.release, shown)}</section>
<section><h2>${say("file.questions")}</h2>
${questionsOf(shown).map(
  ({ question, answer, source }) =>
    html`<h3>${question}</h3><p>${answer}</p><p class="quiet">${say("questions.source", { source })}</p>\n`,
)}</section>`;
}

function slideMarkup({ heading, blocks, hasFigures }: Slide, { reply, language }: Shown): Markup {
  const threshold = String(reply.release.threshold);
  const fewer = hasFigures
    ? html`<p class="strong">${language.say("figure.fewer-is-not-none", { threshold })}</p>`
    : html``;
  return html`<section><h2>${heading}</h2>
${blocks.map((block) => blockMarkup(block, language))}
${fewer}</section>
`;
}

/** Every area in every month; of a figure that is not shown there is a word instead, by why. */
function allFigures(release: ReleaseDocument, { language }: Shown): Markup {
  const head = release.months.map(
    (month) => html`<th scope="col">${language.shortMonth(month)} ${month.slice(0, 4)}</th>`,
  );
  const row = (measure: (typeof panelMeasures)[number], id: string, name: string) =>
    html`<tr><th scope="row">${name}</th>${monthsOf(release, id, measure).map((point) => figureCell(point, language))}</tr>\n`;
  const rows = [
    ...release.areas.map(({ id, name }) => row("resident_complaints", id, name)),
    // For the whole command alone.
    ...release.areas
      .filter(({ id }) =>
        release.values.some(({ measure, area }) => measure === "sightings" && area === id),
      )
      .map(({ id, name }) =>
        row("sightings", id, language.say("reported.sightings-row", { area: name })),
      ),
  ];
  return html`<div class="wide" tabindex="0" role="region" aria-label="${language.say("file.table")}"><table>
<thead><tr><th scope="col">${language.say("list.area")}</th>${head}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function figureCell({ count, state }: MonthFigure, { say, count: written }: Language): Markup {
  if (count !== null) return html`<td>${written(count)}</td>`;
  const words = say(state === "before" ? "figure.none-yet-short" : "figure.not-shown-short");
  return html`<td class="none">${words}</td>`;
}
