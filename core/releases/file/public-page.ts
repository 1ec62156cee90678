import { tenFiveRule } from "#core/disclosure/rule.ts";
import type { PanelArea } from "#core/places/wire/places.ts";
import { blockMarkup } from "#core/releases/file/html.ts";
import {
  english,
  type Issue,
  issueLines,
  movedMarkup,
  withdrawnWords,
} from "#core/releases/file/issue.ts";
import { html, type Markup } from "#core/releases/file/markup.ts";
import {
  type FoundPlace,
  newest,
  pageOf,
  pickerMarkup,
  query,
} from "#core/releases/file/public-frame.ts";
import { helpMarkup } from "#core/releases/file/public-notices.ts";
import { doneAbout, doneBlocks, lastOfEach } from "#core/releases/presentation/answer-slides.ts";
import { deckOf } from "#core/releases/presentation/deck.ts";
import {
  areaSentence,
  fewerWords,
  tableBlocks,
} from "#core/releases/presentation/figure-slides.ts";
import type { Language, PlainKey } from "#core/releases/presentation/language.ts";
import {
  type Block,
  type DrawnMap,
  frozenTexts,
  type Shown,
  textsOf,
} from "#core/releases/presentation/slide.ts";
import { areaOf, figureOf, monthsOf } from "#core/releases/presentation/view.ts";
import type { ReleaseDocument } from "#core/releases/wire/release.ts";
import type { ReleaseLine } from "#core/releases/wire/releases.ts";

/** What later acts change; stands at `/public` alone, beside what is frozen. */
export interface Later {
  /** Wards that are no area of the release, by which residents look for theirs. */
  readonly names: readonly FoundPlace[];
  /** The last first. */
  readonly lines: readonly ReleaseLine[];
  /** Complaints about data protection by whole year; null: fewer than 10. */
  readonly complaints: readonly { readonly year: number; readonly count: number | null }[];
}

export interface PublicIssue extends Issue {
  /** One of the release's; undefined for the whole command. */
  readonly area: string | undefined;
  readonly map: DrawnMap;
}

/**
 * A release for a resident's phone, without script. Without `later` it is a function of release,
 * area and language alone, and so stays as it is (SAFEGUARDS 22).
 */
export function publicPage(issue: PublicIssue, later: Later | null): string {
  const { reply, language, area: asked } = issue;
  const { release } = reply;
  const { say } = language;
  const area = areaOf(release, asked);
  const place = release.areas[0]?.name ?? "";
  const heading = say("public.title", { place });
  const sections = sectionsOf(issue);
  const parts = [...sections, { id: "releases", title: say("public.releases") }];
  const main = html`${area ? ownArea(issue, area, later?.names ?? []) : html``}
<nav aria-labelledby="contents"><h2 id="contents">${say("public.contents")}</h2>
<ul>${parts.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
${sections.map(({ id, title, body }) => html`<section id="${id}"><h2>${title}</h2>\n${body}</section>\n`)}`;
  return pageOf({
    language,
    area: area?.id,
    title: area && area.kind !== "command" ? `${area.name}. ${heading}` : heading,
    heading,
    mark: release.mark,
    main,
    after: html`${releasesMarkup(language, later)}
<footer>${issueLines(issue).map((line) => html`<p>${line}</p>`)}</footer>`,
  });
}

/** In place of a withdrawn release; null where it stands. */
export function withdrawnPage(issue: Issue): string | null {
  const [heading, notice, ...rest] = withdrawnWords(issue) ?? [];
  if (heading === undefined || notice === undefined) return null;
  const { language, reply } = issue;
  return pageOf({
    language,
    heading,
    mark: reply.release.mark,
    main: html`<p class="strong"${english(language)}>${notice}</p>${rest.map((line) => html`<p>${line}</p>`)}${newest(language)}${helpMarkup(language)}`,
  });
}

/** The newest month first. */
function ownArea(issue: PublicIssue, area: PanelArea, names: readonly FoundPlace[]): Markup {
  const { reply, language } = issue;
  const { release } = reply;
  const { say } = language;
  const month = release.months.at(-1) ?? "";
  const points = monthsOf(release, area.id).toReversed();
  return html`<section><h2>${areaSentence(figureOf(release, area, month), month, language)}</h2>
<p>${say("public.whole-area")} <a href="#street">${say("public.why")}</a></p>
${pickerMarkup(language, release, { chosen: area.id, names })}
${movedMarkup(release, language)}
<h3>${say("when.heading", { area: area.name })}</h3>
${blockMarkup({ kind: "months", points, month, release }, language)}
<p class="strong">${fewerWords(release, language)} ${say("when.by-chance")}</p>
</section>`;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

function sectionsOf({ reply, language, area, map }: PublicIssue): Section[] {
  const { release } = reply;
  const { say } = language;
  const month = release.months.at(-1) ?? "";
  const shown: Shown = { reply, language, map, month, level: "part", area };
  const { slides } = deckOf(shown);
  const written = (blocks: readonly Block[], hasFigures = false) =>
    html`${blocks.map((block) => blockMarkup(block, language))}
${hasFigures ? html`<p class="strong">${fewerWords(release, language)}</p>` : html``}`;
  const slide = (id: string): Section[] =>
    slides
      .filter((one) => one.id === id)
      .map(({ heading, blocks, hasFigures }) => ({
        id,
        title: heading,
        body: written(blocks, hasFigures),
      }));
  const reported = slides.find(({ id }) => id === "reported")?.blocks ?? [];
  const text = (id: string, title: PlainKey, ...keys: readonly PlainKey[]): Section => ({
    id,
    title: say(title),
    body: linked(written(textsOf(...keys.map((key) => say(key))))),
  });
  const data = `/api/public/releases/${release.number}`;
  return [
    {
      id: "areas",
      title: say("public.areas", { month: language.month(month) }),
      body: written(
        [...reported.filter(({ kind }) => kind !== "figure"), ...tableBlocks(shown)],
        true,
      ),
    },
    { id: "done", title: say("done.heading"), body: doneMarkup(release, language) },
    ...["helped", "moved", "forecast", "promised", "help", "contact"].flatMap(slide),
    {
      id: "method",
      title: say("method.heading"),
      body: html`${written(frozenTexts(...release.notes))}
<h3>${say("public.download")}</h3><ul><li><a href="${data}/csv">CSV</a></li><li><a href="${data}">JSON</a></li></ul>`,
    },
    text("street", "q.street", "q.street-answer"),
    text(
      "challenge",
      "public.challenge",
      "public.challenge-figure",
      "public.challenge-data",
      "public.challenge-ico",
      "public.challenge-police",
    ),
  ];
}

/** The last totals, and all others on demand: there can be dozens. */
function doneMarkup(release: ReleaseDocument, language: Language): Markup {
  const last = lastOfEach(release.done);
  const rest = release.done.filter((row) => !last.includes(row));
  const more = doneBlocks({ ...release, done: rest }, language).flatMap((block): Block[] => {
    if (block.kind !== "groups") return [];
    return [{ ...block, groups: block.groups.filter(({ rows }) => rows.length > 0) }];
  });
  return html`<p>${doneAbout(release, language)}</p>
${doneBlocks({ ...release, done: last }, language).map((block) => blockMarkup(block, language))}
<p class="strong">${fewerWords(release, language)}</p>
${
  rest.length === 0
    ? html``
    : html`<details class="more"><summary>${language.say("public.done-more")}</summary>${more.map((block) => blockMarkup(block, language))}</details>`
}`;
}

/** Where the words name a public body's page. */
function linked({ markup }: Markup): Markup {
  const pages = /ico\.org\.uk\/make-a-complaint|policeconduct\.gov\.uk/g;
  return { markup: markup.replace(pages, (page) => `<a href="https://${page}">${page}</a>`) };
}

function releasesMarkup(language: Language, later: Later | null): Markup {
  const { say, count, month, date } = language;
  const lines = later?.lines.map(({ number: own, from, to, approvedOn, withdrawn }) => {
    const number = String(own);
    const words = withdrawn
      ? say("public.release-withdrawn", { number, date: date(withdrawn.on) })
      : say("public.release", {
          number,
          from: month(from),
          to: month(to),
          date: date(approvedOn),
        });
    return html`<li><a href="/public/${number}${query(language)}">${words}</a></li>`;
  });
  const complaints = (later?.complaints ?? []).map(({ year, count: known }) => {
    const shown =
      known === null
        ? say("figure.fewer-than", { threshold: String(tenFiveRule.threshold) })
        : count(known);
    return html`<p>${say("public.complaints", { year: String(year), count: shown })}</p>`;
  });
  return html`<nav id="releases" aria-labelledby="all-releases"><h2 id="all-releases">${say("public.releases")}</h2>
${lines ? html`<ul>${lines}</ul>` : newest(language)}</nav>${complaints}`;
}
