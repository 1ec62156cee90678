import { tenFiveRule } from "#core/disclosure/rule.ts";
import { type Compared, chanceOfChange, changeOf } from "#core/outcomes/change.ts";
import { givenMonths, knownCharts, residenceCharts } from "#core/outcomes/charts.ts";
import {
  exactFigures,
  type Figure,
  type FigureSource,
  sharedFigures,
  shareOfWhole,
  typedPeriods,
  withCounted,
} from "#core/outcomes/figures.ts";
import {
  funnelStages,
  type MeasureName,
  measureOf,
  snapshotMeasures,
} from "#core/outcomes/measures.ts";
import { comparedPeriods, type DayCount } from "#core/outcomes/periods.ts";
import { type PublicTally, publicName, publicTallies } from "#core/outcomes/public-tallies.ts";
import { trends } from "#core/outcomes/trends.ts";
import { trustChart } from "#core/outcomes/trust.ts";
import {
  isInForce,
  isSamePeriod,
  type Period,
  type StandingTally,
  type TypedTally,
  tallyLabel,
} from "#core/outcomes/typed-tally.ts";
import type { FigureReply, OutcomesReply, StageReply } from "#core/outcomes/wire/outcomes.ts";
import { figureWords, shareWords, sourceWords } from "#core/outcomes/words.ts";
import { holm } from "#core/stats/multiple-testing.ts";
import { formatDateRange } from "#core/time/words.ts";

export interface OutcomesInput {
  /** Null: the latest period with typed totals, else the month so far. */
  readonly period: Period | null;
  /** In typing order, withdrawn ones included. */
  readonly tallies: readonly StandingTally[];
  readonly days: readonly DayCount[];
  /** `YYYY-MM-DD`, London. */
  readonly asAt: string;
  /** False: rounded for sharing, by the 10-5 rule. */
  readonly isExact: boolean;
  /** Published in releases; part of what may leave. */
  readonly earlier?: readonly PublicTally[];
}

export function outcomeFigures({
  tallies,
  days,
  isExact,
  earlier = [],
}: Pick<OutcomesInput, "tallies" | "days" | "isExact" | "earlier">): {
  readonly source: FigureSource;
  readonly shared: readonly PublicTally[] | null;
} {
  const typed = { tallies, days };
  if (isExact) return { source: exactFigures(typed), shared: null };
  const shared = publicTallies({ tallies: withCounted(typed), rule: tenFiveRule, earlier });
  return { source: sharedFigures({ shown: shared, earlier, ...typed }), shared };
}

/** All that the screen shows of one period; charts, tables, sentences and files read it. */
export function createOutcomes(input: OutcomesInput): OutcomesReply {
  const { tallies, days, asAt, isExact } = input;
  const { source, shared } = outcomeFigures(input);
  const standing = tallies.filter(isInForce);
  const periods = typedPeriods(shared ?? standing);
  const period = input.period ?? periods[0] ?? { from: `${asAt.slice(0, 7)}-01`, to: asAt };
  const figures = snapshot(source, period, isExact);
  return {
    ...period,
    isExact,
    sentence: sentenceOf(period, figures, (measure) => source({ measure }, period).why),
    periods,
    figures,
    residence: residenceCharts(source, period, isExact),
    known: knownCharts(source, period, isExact),
    funnel: funnel(source, period, isExact),
    others: othersOf(shared ?? standing.map(asListed), source, { period, isExact }),
    trends: isExact ? trends(days, asAt) : null,
    trust: trustChart(source, periods, isExact),
    givenMonths: shared === null ? [] : givenMonths(shared),
    notes: isExact ? exactNotes : sharedNotes,
  };
}

function sentenceOf(
  period: Period,
  figures: readonly FigureReply[],
  whyOf: (measure: MeasureName) => Figure["why"],
): string {
  const range = formatDateRange(period.from, period.to);
  const withheld = figures.filter(({ measure }) => whyOf(measure) === "withheld").length;
  const missing = figures.filter(({ count }) => count === null).length - withheld;
  if (missing === figures.length) return `${range}: none of the five figures is known.`;
  return [
    `${range}: ${withheld + missing === figures.length ? "none of the five figures is shown" : changesOf(figures)}.`,
    ...(withheld === 0 ? [] : [`${figuresAre(withheld)} withheld: ${whyWithheld}.`]),
    ...(missing === 0 ? [] : [`${figuresAre(missing)} not known for this exact period.`]),
  ].join(" ");
}

const list = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** "significantly more arrests than before; significantly fewer cautions than a year ago" */
function changesOf(figures: readonly FigureReply[]): string {
  const earlier = [
    { key: "before", name: "before" },
    { key: "yearAgo", name: "a year ago" },
  ] as const;
  const verdicts = figures.flatMap(({ before, yearAgo }) => [before.verdict, yearAgo.verdict]);
  const said = earlier.flatMap(({ key, name }) =>
    (["rise", "fall"] as const).flatMap((verdict) => {
      const labels = figures.filter((figure) => figure[key].verdict === verdict);
      const word = verdict === "rise" ? "more" : "fewer";
      return labels.length === 0
        ? []
        : [
            `significantly ${word} ${list.format(labels.map(({ label }) => shortLabel(label)))} than ${name}`,
          ];
    }),
  );
  if (said.length > 0) return said.join("; ");
  return verdicts.includes("no_clear_change")
    ? "no significant change in these figures, from before or a year ago"
    : "these figures are not enough to compare with before or a year ago";
}

const whyWithheld = "fewer than 10, or to protect another";

function figuresAre(count: number): string {
  return count === 1 ? "One figure is" : `${count} figures are`;
}

/** "sex workers identified" */
function shortLabel(label: string): string {
  const found = /^People identified by police as (.*)$/.exec(label)?.[1];
  const text = found === undefined ? label : `${found} identified`;
  return text.charAt(0).toLowerCase() + text.slice(1);
}

interface Listed extends Period {
  readonly measure: string;
  readonly label: string;
  readonly key: Parameters<FigureSource>[0] | null;
}

function asListed(tally: TypedTally): Listed {
  const { measure, breakdown, part, from, to } = tally;
  const key = { measure, ...(breakdown === null || part === null ? {} : { breakdown, part }) };
  return { measure: publicName(tally), label: tallyLabel(tally), from, to, key };
}

const drawn: readonly MeasureName[] = [...snapshotMeasures, ...funnelStages];

function othersOf(
  listed: readonly (Omit<Listed, "key"> & {
    readonly key?: Listed["key"];
    readonly count?: number | null;
  })[],
  source: FigureSource,
  { period, isExact }: { readonly period: Period; readonly isExact: boolean },
): OutcomesReply["others"] {
  return listed.flatMap((each) => {
    const [measure = "", breakdown] = each.measure.split(":");
    const isDrawn =
      breakdown === undefined
        ? drawn.some((name) => name === measure)
        : breakdown === "residence" || breakdown === "known_before";
    if (isDrawn || !isSamePeriod(each, period)) return [];
    const count = each.key ? source(each.key, period).count : (each.count ?? null);
    const why = count === null ? "withheld" : "shown";
    const words = figureWords({ count, why, source: "typed", typedBeside: null }, isExact);
    return [{ measure: each.measure, label: each.label, count, words }];
  });
}

const exactNotes = [
  "Arrests and stops of every kind are counted from records of the whole area. If records do not cover the period, a manual total is used. All other figures are manual totals for exactly the period shown, never split or added up.",
  "“People identified” are people recorded by police, not everyone involved. The figure depends on where and how police work.",
  "Exact figures are for this screen only. To print or download, choose “Rounded for sharing”.",
];

const sharedNotes = [
  "Figures under 10 are withheld, including zero. Others are rounded to the nearest 5. Some more are withheld so that none can be worked out. “Fewer than 10” means 0 to 9, the same everywhere.",
  "Differences, shares and significance use only the rounded figures. Shares are given as a range. A change is significant only if it is so for every count that rounds to these figures.",
  "Where periods overlap, only the one entered first is shown, because the difference of two would reveal the days between. Months are shown if totals were entered month by month and no total covers them. A withdrawn total blocks its days until it is entered again.",
  "“People identified” are people recorded by police, not everyone involved. The figure depends on where and how police work.",
];

/**
 * The five figures with their change against the period before and a year ago (`comparedPeriods`),
 * tested (`chanceOfChange`) with Holm over all comparisons. For rounded figures a change is the
 * difference of shown figures, and its verdict only what they leave certain.
 */
function snapshot(source: FigureSource, period: Period, isExact: boolean): FigureReply[] {
  const others = comparedPeriods(period);
  const drafts = snapshotMeasures.map((measure) => {
    const side = (when: Period) => ({ period: when, figure: source({ measure }, when) });
    const now = side(period);
    const against = (when: Period): Compared => ({ now, earlier: side(when), isExact });
    return { measure, now, before: against(others.before), yearAgo: against(others.yearAgo) };
  });
  const chances = holm(
    drafts
      .flatMap(({ before, yearAgo }) => [chanceOfChange(before), chanceOfChange(yearAgo)])
      // A withheld figure may count among the exact tests: rounding must not correct for fewer.
      .map((p) => (isExact ? p : (p ?? 1))),
  );
  return drafts.map(({ measure, now: { figure }, before, yearAgo }, at) => {
    const { label, definition } = measureOf(measure);
    return {
      measure,
      label,
      definition,
      count: figure.count,
      words: figureWords(figure, isExact),
      source: figure.source,
      sourceWords: sourceWords(figure.source, period),
      typedBeside: figure.typedBeside,
      before: changeOf(before, chances[2 * at] ?? null),
      yearAgo: changeOf(yearAgo, chances[2 * at + 1] ?? null),
    };
  });
}

const stageNames = ["Offered", "Booked", "Attended", "Completed"] as const;

/** Course places from offer to completion; each stage is a share of the one before. */
function funnel(source: FigureSource, period: Period, isExact: boolean): OutcomesReply["funnel"] {
  let last: { name: string; count: number } | null = null;
  const offered = source({ measure: funnelStages[0] }, period).count;
  const stages = funnelStages.map((measure, at): StageReply => {
    const figure = source({ measure }, period);
    const name = stageNames[at] ?? measureOf(measure).label;
    const before: { name: string; count: number } | null = last;
    const { count } = figure;
    if (count !== null) last = { name, count };
    const ofBefore = shareOfWhole(count, before?.count ?? null, isExact);
    const ofOffered = at === 0 ? null : shareOfWhole(count, offered, isExact);
    const of =
      ofBefore === null || before === null
        ? ""
        : `: ${shareWords(ofBefore)} of the ${isExact ? "" : "about "}${before.count} ${before.name.toLowerCase()}`;
    return {
      measure,
      label: name,
      count,
      ofBefore,
      ofOffered,
      words: `${figureWords(figure, isExact)}${of}`,
    };
  });
  return { stages, sentence: funnelSentence(stages, isExact) };
}

function funnelSentence(stages: readonly StageReply[], isExact: boolean): string {
  const [offered] = stages;
  if (offered === undefined || offered.count === null) {
    return "Diversion courses: places offered are not known for this exact period.";
  }
  const about = isExact ? "" : "about ";
  const last = stages.findLast(({ count }) => count !== null);
  if (last === undefined || last === offered || last.ofOffered === null) {
    return `Diversion courses: ${about}${offered.count} places were offered.`;
  }
  return `Diversion courses: of ${about}${offered.count} places offered, ${about}${last.count} were ${last.label.toLowerCase()} (${shareWords(last.ofOffered)}).`;
}
