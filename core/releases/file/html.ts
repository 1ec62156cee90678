import {
  english,
  framed,
  type Issue,
  issueLines,
  markOf,
  movedMarkup,
  unchecked,
  withdrawnWords,
} from "#core/releases/file/issue.ts";
import { html, type Markup } from "#core/releases/file/markup.ts";
import { usualPeriod } from "#core/releases/presentation/answer-slides.ts";
import { deckOf, shownAtFirst } from "#core/releases/presentation/deck.ts";
import {
  areaWords,
  classWords,
  fewerWords,
  monthWords,
  notShown,
} from "#core/releases/presentation/figure-slides.ts";
import {
  inEnglish,
  type Language,
  langOfFrozen,
  spokenIn,
} from "#core/releases/presentation/language.ts";
import { questionsOf } from "#core/releases/presentation/law-slides.ts";
import { lineHeight, type MapName, type MapPlan } from "#core/releases/presentation/map-names.ts";
import type {
  Block,
  DoneGroup,
  MapBlock,
  Pair,
  Shown,
  Slide,
} from "#core/releases/presentation/slide.ts";
import {
  classesOf,
  classOf,
  type MonthFigure,
  monthsOf,
} from "#core/releases/presentation/view.ts";
import type { panelMeasures, ReleaseDocument } from "#core/releases/wire/release.ts";
import { inEnglishWords } from "#core/text/languages.ts";

/**
 * A release as one page that a locked-down laptop opens from disk: it loads and runs nothing, and
 * its content security policy makes the browser refuse anything injected.
 */
export function releaseHtml({ language, ...given }: Issue): string {
  const reply = spokenIn(given.reply, language);
  const issue = { reply, language };
  const { mark } = reply.release;
  const { say } = language;
  const title = say("file.title", { number: String(reply.release.number) });
  const withdrawn = withdrawnWords(issue);
  const content =
    withdrawn === null
      ? contentOf(issue)
      : html`${withdrawn.map((line) => html`<p class="strong"${line === reply.withdrawn?.notice ? english(language) : ""}>${line}</p>`)}`;
  return framed({
    language,
    title: mark === null ? title : `${title}: ${mark}`,
    style: fileStyle,
    policy: `default-src 'none'; style-src '${fileStyleHash}'; base-uri 'none'; form-action 'none'`,
    body: html`<header><h1>${title}</h1>${markOf(mark, language)}</header>
${unchecked(language)}
<main>
${content}
</main>
<footer>${issueLines(issue).map((line) => html`<p>${line}</p>`)}</footer>`,
  });
}

function contentOf(issue: Issue): Markup {
  const { reply, language } = issue;
  const { say } = language;
  const shown = shownAtFirst(reply, language);
  return html`<p>${say("file.about")}</p>
${movedMarkup(reply.release, language)}
${deckOf(shown).slides.map((slide) => slideMarkup(slide, shown))}
<section><h2>${say("file.table")}</h2>
<p class="strong">${fewerWords(reply.release, language)}</p>
${allFigures(reply.release, shown)}</section>
<section${english(language)}><h2>${inEnglish.say("questions.heading")}</h2>
${questionsOf(shown).map(
  ({ question, answer, source }) =>
    html`<h3>${question}</h3><p>${answer}</p><p class="quiet">${inEnglish.say("questions.source", { source })}</p>\n`,
)}</section>`;
}

function slideMarkup(slide: Slide, { reply, language }: Shown): Markup {
  const { heading, blocks, hasFigures } = slide;
  const fewer = hasFigures
    ? html`<p class="strong">${fewerWords(reply.release, language)}</p>`
    : html``;
  return html`<section${slide.isEnglish ? english(language) : ""}><h2>${heading}</h2>
${blocks.map((block) => blockMarkup(block, language))}
${fewer}</section>
`;
}

/** Every area and month; a word, by reason, for a figure not shown. */
function allFigures(release: ReleaseDocument, { language }: Shown): Markup {
  const head = release.months.map(
    (month) => html`<th scope="col">${language.shortMonth(month)} ${month.slice(0, 4)}</th>`,
  );
  const row = (measure: (typeof panelMeasures)[number], id: string, name: string) =>
    html`<tr><th scope="row">${name}</th>${monthsOf(release, id, measure).map((point) => figureCell(point, language))}</tr>\n`;
  const rows = [
    ...release.areas.map(({ id, name }) => row("resident_complaints", id, name)),
    // For the whole command only.
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

export function blockMarkup(block: Block, language: Language): Markup {
  switch (block.kind) {
    case "figure":
      return html`<p class="figure"><strong>${block.count}</strong> ${block.label}</p>`;
    case "text":
      return html`<p class="${block.look ?? "plain"}"${block.isFrozen ? english(language) : ""}>${block.text}</p>`;
    case "list":
      return html`${titled(block.title)}<ul${block.lang ? html` lang="${block.lang}"` : ""}>${block.items.map((item) => html`<li>${item}</li>`)}</ul>`;
    case "map":
      return mapMarkup(block, language);
    case "table":
      return tableMarkup(block);
    case "months":
      return html`<ul class="months">${block.points.map(
        (point) => html`<li>${monthWords(point, language)}</li>`,
      )}</ul>`;
    case "groups":
      return html`${block.groups.map((group) => groupMarkup(group, language))}`;
    case "answer":
      return html`${titled(block.about)}<p class="strong"${english(language)}>${block.text}</p>${block.wrongIf === undefined ? "" : html`<p${english(language)}>${block.wrongIf}</p>`}<p class="quiet"${english(language)}>${block.basis}</p>`;
    case "promise":
      return pairsMarkup(block.parts, language);
    case "pairs":
      return pairsMarkup(block.pairs, language);
    case "questions":
      return html`<ol>${block.questions.map((question) => html`<li>${question}</li>`)}</ol>`;
  }
}

function titled(title: string | null | undefined): Markup {
  return title === null || title === undefined ? html`` : html`<h3>${title}</h3>`;
}

function tableMarkup({
  caption,
  columns,
  rows,
}: Extract<Block, { readonly kind: "table" }>): Markup {
  return html`<table><caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([area, count]) => html`<tr><th scope="row">${area}</th><td>${count}</td></tr>\n`,
  )}</tbody></table>`;
}

function groupMarkup({ title, note, rows }: DoneGroup, language: Language): Markup {
  const named = (label: string) =>
    langOfFrozen(language) ? html`<span lang="en">${label}</span>` : label;
  const usual = usualPeriod(rows);
  const list = rows.map(({ label, period, figure }) => {
    const own = period === usual ? html`` : html`<span class="quiet">, ${period}</span>`;
    return html`<div><dt>${named(label)}${own}</dt><dd>${figure}</dd></div>`;
  });
  const about = [note, usual].filter((words) => words !== null);
  return html`<h3>${title}</h3>${about.map((words) => html`<p class="quiet">${words}</p>`)}<dl>${list}</dl>`;
}

function pairsMarkup(pairs: readonly Pair[], language: Language): Markup {
  return html`<dl>${pairs.map(
    ({ title, text, isFrozen }) =>
      html`<div><dt>${title}</dt><dd${isFrozen ? english(language) : ""}>${text}</dd></div>`,
  )}</dl>`;
}

function mapMarkup(block: MapBlock, language: Language): Markup {
  const { drawing, plan, figures, level, release } = block;
  const { left, right, top, bottom } = plan.viewBox;
  const box = [left, top, right - left, bottom - top].map((side) => side.toFixed(1)).join(" ");
  const paths = new Map(drawing.shapes.map(({ area, path }) => [area, path]));
  const counts = new Map(figures.map(({ area, count }) => [area.id, count]));
  const names = plan.names[level];
  const areas = figures.map(
    (figure) =>
      html`<path class="c${classOf(figure.count, level)}" d="${paths.get(figure.area.id) ?? ""}"><title>${areaWords(figure, release, language)}</title></path>\n`,
  );
  return html`<svg viewBox="${box}" role="img" aria-label="${language.say("where.map")}">
${areas}${names.map(leaderMarkup)}${names.map((name) => {
  const count = counts.get(name.areaId) ?? null;
  return nameMarkup(name, count === null ? null : language.count(count), plan.letters);
})}</svg>
${legendMarkup(block, language)}`;
}

function leaderMarkup({ leader }: MapName): Markup {
  if (!leader) return html``;
  const [fromX, fromY] = leader.from;
  const [toX, toY] = leader.to;
  return html`<path class="leader" d="M${point(fromX, fromY)}L${point(toX, toY)}"/><circle cx="${toX.toFixed(1)}" cy="${toY.toFixed(1)}" r="9"/>\n`;
}

function nameMarkup(
  { lines, anchor, x, y, leader }: MapName,
  count: string | null,
  letters: MapPlan["letters"],
): Markup {
  const rows = lines.map(
    (line, at) =>
      html`<tspan x="${x.toFixed(1)}" dy="${at === 0 ? "0" : `${lineHeight}em`}">${line}</tspan>`,
  );
  const size = leader ? letters.name : letters.count;
  const figure =
    count === null
      ? html``
      : leader
        ? html`<tspan class="n" dx="0.3em" font-size="${size}">${count}</tspan>`
        : html`<tspan class="n" x="${x.toFixed(1)}" dy="${lineHeight}em" font-size="${size}">${count}</tspan>`;
  return html`<text y="${y.toFixed(1)}" font-size="${letters.name}" text-anchor="${anchor}">${rows}${figure}</text>\n`;
}

function legendMarkup({ level, release }: MapBlock, language: Language): Markup {
  const classes = classWords(classesOf(level, release.base), language);
  const swatch = (at: number, words: string) =>
    html`<li><svg class="swatch" viewBox="0 0 16 11" aria-hidden="true"><path class="c${at}" d="M1 1H15V10H1Z"/></svg> ${words}</li>`;
  return html`<p class="plain">${language.say("where.key", { base: String(release.base) })}</p>
<ul class="key">${classes.map((words, at) => swatch(at + 1, words))}${swatch(0, notShown(release, language))}</ul>`;
}

function point(x: number, y: number): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

/**
 * Style of the file. Constant, so that the page can allow only its hash; its colours are those of
 * client/ui/tokens.css, compared by a test.
 */
export const fileStyle = `
:root { color-scheme: light dark; --ink: light-dark(#1b1f24, #e8eaed); --quiet: light-dark(#505a64, #aab3bc); --paper: light-dark(#ffffff, #14171a); --surface: light-dark(#f6f7f8, #1c2024); --edge: light-dark(#7c858f, #7f8994); --c1: light-dark(#dceaf5, #12436d); --c2: light-dark(#a9cbe6, #2f73ae); --c3: light-dark(#6ba3d0, #6ba3d0); --c4: light-dark(#2f73ae, #a9cbe6); --c5: light-dark(#12436d, #dceaf5); }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 1.125rem/1.5 system-ui, sans-serif; }
h1, h2, h3, p { margin: 0 0 .6rem; } h1 { font-size: 2rem; line-height: 1.2; } h2 { font-size: 1.6rem; line-height: 1.25; } h3 { font-size: 1.2rem; }
section { margin: 2rem 0 0; padding: 1.5rem 0 0; border-top: 1px solid var(--edge); }
.strong, .figure, dt { font-weight: 600; } .figure strong { font-size: 3rem; } .quiet { color: var(--quiet); }
.mark { display: inline-block; padding: .1rem .6rem; border: 2px solid var(--ink); font-weight: 600; }
.moved { padding: .6rem 1rem; border-left: 4px solid var(--edge); background: var(--surface); }
dl { margin: 0 0 .6rem; } dl > div { margin: 0 0 .5rem; } dd { margin: 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; } caption { padding: 0 0 .4rem; text-align: left; }
th, td { padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--edge); text-align: left; vertical-align: top; } td { text-align: right; } .none { color: var(--quiet); font-size: .9rem; }
.wide { overflow-x: auto; } .months { columns: 3; } .key { padding: 0; list-style: none; }
svg { display: block; width: 100%; max-height: 80vh; } .swatch { display: inline-block; width: 1.6em; height: 1.1em; vertical-align: -.15em; }
path { stroke: var(--paper); stroke-width: 3; stroke-linejoin: round; } .swatch path { stroke: var(--edge); stroke-width: 1; }
.c0 { fill: var(--surface); stroke: var(--edge); stroke-width: 2; stroke-dasharray: 8 6; } .swatch .c0 { stroke-width: 1; stroke-dasharray: 3 2; } .c1 { fill: var(--c1); } .c2 { fill: var(--c2); } .c3 { fill: var(--c3); } .c4 { fill: var(--c4); } .c5 { fill: var(--c5); }
.leader { fill: none; stroke: var(--quiet); stroke-width: 2; } circle { fill: var(--ink); stroke: var(--paper); stroke-width: 3; }
text { fill: var(--ink); stroke: var(--paper); stroke-width: 7px; stroke-linejoin: round; paint-order: stroke; dominant-baseline: central; font-family: system-ui, sans-serif; } .n { font-weight: 600; }
${Object.entries(inEnglishWords)
  .map(([code, words]) => `html:lang(${code}) { --english: "${words} "; }`)
  .join(" ")}
:is(p:not(.mark, .quiet), ul, section, dl > div:first-child > dd, dl > div:first-child > dt > span)[lang="en"]::before { content: var(--english); color: var(--quiet); font-weight: 400; } :is([lang="en"] [lang="en"], p[lang="en"] + p[lang="en"])::before { content: none; }
footer { margin: 2rem 0 0; padding: 1rem 0 0; border-top: 1px solid var(--edge); color: var(--quiet); font-size: .95rem; overflow-wrap: anywhere; }
@media print { :root { color-scheme: light; } body { max-width: none; padding: 0; font-size: 10pt; } .wide table { font-size: 6.5pt; } section { break-inside: avoid-page; } path { print-color-adjust: exact; } @page { size: A4; margin: 12mm; } }
`;

/** Hash of `fileStyle`; the test that compares prints the new one. */
export const fileStyleHash = "sha256-LguRyIM1s0mQUYZSJ6BJp6PnXEXJSzQU0JuoeGtlBbc=";
