import type { Language } from "#core/releases/presentation/language.ts";
import {
  type Block,
  type Shown,
  type Slide,
  slideOf,
  textsOf,
} from "#core/releases/presentation/slide.ts";
import {
  areaOf,
  commandFigure,
  figuresOf,
  monthsOf,
  type PanelFigure,
  sightingsOf,
} from "#core/releases/presentation/view.ts";
import type { ReleaseDocument } from "#core/releases/wire/release.ts";

export function figureSlides(shown: Shown): readonly Slide[] {
  const { reply, language, area: asked } = shown;
  const { say } = language;
  const month = language.month(shown.month);
  const area = areaOf(reply.release, asked)?.name ?? "";
  return [
    reportedSlide(shown),
    slideOf("where", say("where.name"), say("where.heading", { month }), [mapBlock(shown)], true),
    slideOf("list", say("list.name"), say("list.heading", { month }), tableBlocks(shown), true),
    slideOf("when", say("when.name"), say("when.heading", { area }), monthsBlocks(shown), true),
  ];
}

function reportedSlide({ reply: { release }, language, month, level }: Shown): Slide {
  const { say, count } = language;
  const command = commandFigure(release, month);
  const blocks: Block[] = [];
  if (command && command.count !== null) {
    const label = say("reported.label", {
      month: language.month(month),
      base: String(release.base),
    });
    blocks.push({ kind: "figure", count: count(command.count), label });
  }
  const highest = highestSentence(figuresOf(release, month, level), language);
  if (highest !== null) blocks.push({ kind: "text", text: highest, look: "strong" });
  const sightings = sightingsSentence(release, month, language);
  if (sightings !== null) blocks.push(...textsOf(sightings, say("reported.sightings-what")));
  blocks.push(...textsOf(say("reported.what"), say("reported.more-or-less")));
  const name = say("reported.name");
  const heading = command ? areaSentence(command, month, language) : name;
  return slideOf("reported", name, heading, blocks, true);
}

export function mapBlock({ reply: { release }, map, month, level }: Shown) {
  const figures = figuresOf(release, month, level);
  return { kind: "map", ...map, figures, level, release } as const;
}

/** Areas with a figure in a table, most first; the others by name. */
export function tableBlocks({ reply: { release }, language, month, level }: Shown): Block[] {
  const { say, count } = language;
  const figures = figuresOf(release, month, level);
  const rows = figures.flatMap((figure) =>
    figure.count === null ? [] : [[figure.area.name, count(figure.count)] as const],
  );
  const withheld = figures.filter((figure) => figure.count === null);
  const blocks: Block[] = [];
  if (rows.length === 0) blocks.push({ kind: "text", text: say("list.nothing"), look: "strong" });
  else {
    blocks.push({
      kind: "table",
      caption: say("list.caption", { month: language.month(month) }),
      columns: [say("list.area"), say("list.count")],
      rows,
    });
  }
  if (withheld.length > 0) {
    const areas = language.list(withheld.map(({ area }) => area.name));
    const threshold = String(release.threshold);
    blocks.push({ kind: "text", text: say("where.withheld-areas", { threshold, areas }) });
  }
  return blocks;
}

export function monthsBlocks({ reply: { release }, language, month, area: asked }: Shown): Block[] {
  const area = areaOf(release, asked);
  const points = area ? monthsOf(release, area.id) : [];
  const blocks: Block[] = [{ kind: "months", points, month, release }];
  const words = points.every(({ count }) => count === null) ? "when.nothing" : "when.by-chance";
  blocks.push({ kind: "text", text: language.say(words), look: "strong" });
  blocks.push({ kind: "text", text: language.say("when.months-only"), look: "quiet" });
  return blocks;
}

/** One area in one month; never "0" for a withheld figure. */
export function areaSentence({ area, count }: PanelFigure, month: string, language: Language) {
  const { say } = language;
  const about = { area: area.name, month: language.month(month) };
  return count === null
    ? say("reported.withheld", about)
    : say("reported.some", { ...about, count });
}

/** Whole command only: never public by place (SAFEGUARDS 7). */
function sightingsSentence(
  release: ReleaseDocument,
  month: string,
  { say, month: name }: Language,
): string | null {
  const sightings = sightingsOf(release, month);
  if (sightings === undefined) return null;
  const about = { area: areaOf(release, undefined)?.name ?? "", month: name(month) };
  return sightings === null
    ? say("reported.sightings-withheld", about)
    : say("reported.sightings", { ...about, count: sightings });
}

/** The areas tied for the highest figure, if few enough to name; no share, no sum. */
export function highestSentence(
  figures: readonly PanelFigure[],
  { say, count, list }: Language,
): string | null {
  const highest = figures[0]?.count ?? null;
  if (highest === null || figures.length < 2) return null;
  const names = figures.filter((figure) => figure.count === highest).map(({ area }) => area.name);
  if (names.length > 3) return null;
  const values = { areas: list(names), count: count(highest) };
  return names.length > 1
    ? say("reported.highest-shared", values)
    : say("reported.highest", values);
}

/** In words: "15 to 20", "60 or more". */
export function classWords(
  classes: readonly (readonly [from: number, to: number | null])[],
  { say, count }: Language,
): readonly string[] {
  return classes.map(([from, to]) => {
    if (to === null) return say("where.class-top", { from: count(from) });
    return from === to ? count(from) : say("where.class", { from: count(from), to: count(to) });
  });
}

export function areaWords(
  { area, count }: PanelFigure,
  release: ReleaseDocument,
  language: Language,
): string {
  const figure = count === null ? notShown(release, language) : language.count(count);
  return language.say("where.area", { area: area.name, figure });
}

/** Under the threshold, or withheld: never says which. */
export function notShown({ threshold }: ReleaseDocument, { say }: Language): string {
  return say("figure.not-shown", { threshold: String(threshold) });
}

/** What "fewer than 10" means: it includes 0. */
export function fewerWords({ threshold }: ReleaseDocument, { say, count }: Language): string {
  return say("figure.fewer-is-not-none", {
    threshold: count(threshold),
    most: count(threshold - 1),
  });
}

/** Under the threshold, or withheld, where there is room to say so. */
export function fewerThan({ threshold }: ReleaseDocument, { say, count }: Language): string {
  return say("figure.fewer-than", { threshold: count(threshold) });
}

export function monthWords(
  { month, count, state }: ReturnType<typeof monthsOf>[number],
  { say, month: name, count: written }: Language,
  withheld = say("figure.not-shown-short"),
): string {
  const figure = {
    shown: () => written(count ?? 0),
    withheld: () => withheld,
    before: () => say("figure.none-yet-short"),
  }[state]();
  return say("when.point", { month: name(month), figure });
}
