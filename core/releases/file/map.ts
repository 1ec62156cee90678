import { html, type Markup } from "#core/releases/file/markup.ts";
import { areaWords, classWords, notShown } from "#core/releases/presentation/figure-slides.ts";
import type { Language } from "#core/releases/presentation/language.ts";
import { lineHeight, type MapName, type MapPlan } from "#core/releases/presentation/map-names.ts";
import type { MapBlock } from "#core/releases/presentation/slide.ts";
import { classesOf, classOf } from "#core/releases/presentation/view.ts";

/** The map as it is on the slide, with its legend, in markup that needs no script. */
export function mapMarkup(block: MapBlock, language: Language): Markup {
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
