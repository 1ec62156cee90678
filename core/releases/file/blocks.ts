import { mapMarkup } from "#core/releases/file/map.ts";
import { html, type Markup } from "#core/releases/file/markup.ts";
import { monthWords } from "#core/releases/presentation/figure-slides.ts";
import type { Language } from "#core/releases/presentation/language.ts";
import type { Block, DoneGroup, Pair } from "#core/releases/presentation/slide.ts";

/** One block of a slide as markup. */
export function blockMarkup(block: Block, language: Language): Markup {
  switch (block.kind) {
    case "figure":
      return html`<p class="figure"><strong>${block.count}</strong> ${block.label}</p>`;
    case "text":
      return html`<p class="${block.look ?? "plain"}">${block.text}</p>`;
    case "list":
      return html`${titled(block.title)}<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>`;
    case "map":
      return mapMarkup(block, language);
    case "table":
      return tableMarkup(block);
    case "months":
      return html`<ul class="months">${block.points.map(
        (point) => html`<li>${monthWords(point, language)}</li>`,
      )}</ul>`;
    case "groups":
      return html`${block.groups.map(groupMarkup)}`;
    case "answer":
      return html`${titled(block.about)}<p class="strong">${block.text}</p><p class="quiet">${block.basis}</p>`;
    case "promise":
      return pairsMarkup(block.parts);
    case "pairs":
      return pairsMarkup(block.pairs);
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

function groupMarkup({ title, note, rows }: DoneGroup): Markup {
  const list = rows.map(
    ({ label, period, figure }) => html`<div><dt>${label}, ${period}</dt><dd>${figure}</dd></div>`,
  );
  return html`<h3>${title}</h3>${note === null ? html`` : html`<p class="quiet">${note}</p>`}<dl>${list}</dl>`;
}

function pairsMarkup(pairs: readonly Pair[]): Markup {
  return html`<dl>${pairs.map(
    ({ title, text }) => html`<div><dt>${title}</dt><dd>${text}</dd></div>`,
  )}</dl>`;
}
