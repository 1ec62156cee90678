import { areFarApart, type Shown, shownCount, tenFiveRule } from "#core/disclosure/rule.ts";
import { measureNames, measureOf } from "#core/outcomes/measures.ts";
import { outcomeFigures } from "#core/outcomes/outcomes.ts";
import { type DayCount, endOfMonth } from "#core/outcomes/periods.ts";
import { isPublic, type PublicTally } from "#core/outcomes/public-tallies.ts";
import type { Period, StandingTally } from "#core/outcomes/typed-tally.ts";
import type {
  FigureLine,
  HotspotDose,
  MonthlyFiguresReply,
} from "#core/outcomes/wire/monthly-figures.ts";
import { figureWords } from "#core/outcomes/words.ts";
import type { KindSpent, PatrolMonth } from "#core/patrols/done/patrol-month.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

export interface MonthlyFiguresInput {
  /** `YYYY-MM`, over. */
  readonly month: string;
  /** False: for sharing, by the 10-5 rule. */
  readonly isExact: boolean;
  readonly patrols: PatrolMonth;
  /** Same order, question and test as the Hotspots screen. */
  readonly hotspots: readonly {
    readonly cell: string;
    readonly place: string;
    readonly count: number;
  }[];
  /** As for `createOutcomes`, so that both agree about the month. */
  readonly tallies: readonly StandingTally[];
  readonly days: readonly DayCount[];
  readonly earlier: readonly PublicTally[];
}

export function periodOfMonth(month: string): Period {
  const from = `${month}-01`;
  return { from, to: endOfMonth(from) };
}

/** Ended months, latest first, as `YYYY-MM`. */
export function monthsOver(today: string, count: number): string[] {
  const months: string[] = [];
  let last = addDays(`${today.slice(0, 7)}-01`, -1);
  while (months.length < count) {
    months.push(last.slice(0, 7));
    last = addDays(`${last.slice(0, 7)}-01`, -1);
  }
  return months;
}

/**
 * What a team tells of each month (DEFINITIONS, Monthly figures): hours, visits,
 * hotspots, stops, arrests and outcomes. Either exact, with each hotspot's dose, for police
 * screens; or as shared: hours and visits as totals by the 10-5 rule, nothing by place. Planned
 * figures are left out: less the done ones they are a gap (SAFEGUARDS 6). Stops, arrests and
 * outcomes are those of Outcomes, rounded for sharing, so comparing the two reveals nothing.
 */
export function createMonthlyFigures(input: MonthlyFiguresInput): MonthlyFiguresReply {
  const { month, isExact, patrols } = input;
  const period = periodOfMonth(month);
  const doses = hotspotDoses(input);
  const figures = patrolFigures(patrols, doses, isExact);
  const outcomes = outcomeLines(input, period);
  return {
    month,
    ...period,
    isExact,
    sentence: `${formatMonth(month)}: ${figures.sentence}`,
    incomplete: incompleteWords(patrols, isExact),
    lines: [...figures.lines, ...outcomes],
    hotspots: isExact ? doses : null,
    notes: [
      ...(outcomes.some(({ section }) => section === "outcomes") ? [] : [noOutcomes(isExact)]),
      ...(isExact ? exactNotes : sharedNotes),
    ],
  };
}

function hotspotDoses({ hotspots, patrols }: MonthlyFiguresInput): HotspotDose[] {
  const spent = new Map(patrols.logged.byCell.map((row) => [row.cell as string, row]));
  return hotspots.map(({ cell, place, count }) => {
    const { visits = 0, minutes = 0 } = spent.get(cell) ?? {};
    return { cell, place, reports: count, visits, hours: toHours(minutes) };
  });
}

type Named = Pick<FigureLine, "id" | "section" | "label" | "definition">;
type Told = Pick<FigureLine, "count"> & Partial<Pick<FigureLine, "unit" | "beside" | "words">>;
type LineOfPatrols = (id: string, label: string, definition: string, told: Told) => FigureLine;

/** `count` as it is told, rounded already where it leaves; what stands beside it stays on the screen. */
export function lineOf(isExact: boolean, given: Named & Told): FigureLine {
  const { unit = "number", beside = null, words = countWords(given.count, isExact) } = given;
  return { ...given, unit, words, beside: isExact ? beside : null };
}

function patrolFigures(
  { patrols, delivered, planned, logged }: PatrolMonth,
  doses: readonly HotspotDose[],
  isExact: boolean,
): { readonly sentence: string; readonly lines: FigureLine[] } {
  const shown = (count: number): Shown =>
    isExact ? count : shownCount(Math.round(count), tenFiveRule);
  const line: LineOfPatrols = (id, label, definition, told) =>
    lineOf(isExact, { id, section: "patrols", label, definition, ...told });
  const hours = shown(isExact ? toHours(logged.minutes) : logged.minutes / 60);
  const visits = shown(logged.visits);
  const visited = doses.filter((dose) => dose.visits > 0).length;
  const reached = shown(visited);
  const all = isExact ? doses.length : shownBeside(doses.length, reached);
  return {
    sentence: sentenceOf({ hours, visits, reached, all }, isExact),
    lines: [
      line("hours", "Patrol hours", "Time on visits, of all units together.", {
        count: hours,
        unit: "hours",
        beside: `Planned: ${formatHours(toHours(planned.minutes))}.`,
      }),
      line("visits", "Visits", "Stays of a patrol in one place, about 15 minutes each.", {
        count: visits,
        beside: `Planned: ${formatCount(planned.visits)}.`,
      }),
      ...kindLines(logged.byKind ?? [], shown, line),
      line("patrols", "Patrols carried out", "Approved patrols with one visit or more.", {
        count: shown(delivered),
        beside: `Approved: ${formatCount(patrols)}.`,
      }),
      line(
        "hotspots_patrolled",
        "Hotspots patrolled",
        "Hotspots of 120 m with one visit or more in that very cell.",
        {
          count: reached,
        },
      ),
      line(
        "hotspots",
        "Hotspots",
        "Cells of 120 m with significantly more reports in the month than an even spread would give.",
        { count: all },
      ),
    ],
  };
}

const kindWords: Readonly<Record<KindSpent["kind"], string>> = {
  police: "police",
  wardens: "wardens",
  marshals: "street marshals",
  security: "security",
};

/** Where others patrolled beside police. Shared all or none, so that a withheld part is not the rest of the others. */
function kindLines(
  byKind: readonly KindSpent[],
  shown: (count: number) => Shown,
  line: LineOfPatrols,
): FigureLine[] {
  if (byKind.length < 2) return [];
  const parts = byKind.map(({ kind, minutes, visits }) => ({
    kind,
    hours: shown(toHours(minutes)),
    visits: shown(visits),
  }));
  const isTold = parts.every(({ hours, visits }) => hours !== null && visits !== null);
  return parts.flatMap(({ kind, hours, visits }) => [
    line(`hours_${kind}`, `Patrol hours by ${kindWords[kind]}`, "Part of all patrol hours.", {
      count: isTold ? hours : null,
      unit: "hours",
    }),
    line(`visits_${kind}`, `Visits by ${kindWords[kind]}`, "Part of all visits.", {
      count: isTold ? visits : null,
    }),
  ]);
}

/** A whole beside its shown part: given only if they are certain to differ by 10 or more. */
export function shownBeside(whole: number, part: Shown): Shown {
  const figure = shownCount(whole, tenFiveRule);
  if (figure === null || part === null) return figure;
  return areFarApart(figure, part, tenFiveRule) ? figure : null;
}

function sentenceOf(
  figures: Readonly<Record<"hours" | "visits" | "reached" | "all", number | null>>,
  isExact: boolean,
): string {
  const { hours, visits, reached, all } = figures;
  const words = (count: number) => countWords(count, isExact);
  const said = [
    ...(hours === null ? [] : [`${words(hours)} patrol hours`]),
    ...(visits === null ? [] : [`${words(visits)} ${visits === 1 ? "visit" : "visits"}`]),
  ];
  const spent =
    said.length === 0 ? "patrol hours and visits are withheld." : `${said.join(" in ")}.`;
  if (all === 0) return `${spent} No hotspot in this month.`;
  if (reached === null) return spent;
  const of = all === null ? "" : ` of ${words(all)}`;
  const wording = `${words(reached)}${of} ${(all ?? reached) === 1 ? "hotspot" : "hotspots"} patrolled.`;
  return `${spent} ${wording.charAt(0).toUpperCase()}${wording.slice(1)}`;
}

function incompleteWords({ patrols, withoutDebrief, logged }: PatrolMonth, isExact: boolean) {
  if (!isExact) {
    return withoutDebrief === 0
      ? null
      : "Some patrols of this month have no debrief yet, so hours and visits are not complete.";
  }
  if (patrols === 0) {
    return logged.visits === 0
      ? "No patrol was approved for this month, and no visit was logged."
      : "No patrol was approved for this month. Hours and visits come from imported patrol lists.";
  }
  if (withoutDebrief === 0) return null;
  const have = withoutDebrief === 1 ? "has" : "have";
  return `${formatCount(withoutDebrief)} of ${formatQuantity(patrols, "patrol")} ${have} no debrief yet. Hours and visits are not complete until then.`;
}

/** Stops, arrests and totals typed for exactly this month; nothing told in confidence. */
function outcomeLines(input: MonthlyFiguresInput, period: Period): FigureLine[] {
  const { isExact } = input;
  const { source } = outcomeFigures(input);
  return measureNames
    .flatMap((measure): FigureLine[] => {
      const { label, definition, event } = measureOf(measure);
      if (!isPublic({ measure, breakdown: null })) return [];
      const figure = source({ measure }, period);
      const isNamed = figure.why === "shown" || figure.why === "withheld";
      if (event === undefined && !isNamed) return [];
      return [
        {
          id: measure,
          section: event === undefined ? "outcomes" : "stops",
          label,
          definition,
          unit: "number",
          count: figure.count,
          words: figureWords(figure, isExact),
          beside:
            figure.typedBeside === null
              ? null
              : `Manual total for the same days: ${formatCount(figure.typedBeside)}. One of them is wrong.`,
        },
      ];
    })
    .sort((a, b) => Number(a.section === "outcomes") - Number(b.section === "outcomes"));
}

export function countWords(count: number | null, isExact: boolean): string {
  if (count === null) return "fewer than 10, or withheld";
  if (!isExact) return `about ${formatCount(count)}`;
  return Number.isInteger(count) ? formatCount(count) : decimal.format(count);
}

const decimal = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

/** With one decimal. */
export function toHours(minutes: number): number {
  return Math.round(minutes / 6) / 10;
}

/** "46.5 hours" */
export function formatHours(hours: number): string {
  return `${decimal.format(hours)} ${hours === 1 ? "hour" : "hours"}`;
}

function noOutcomes(isExact: boolean): string {
  return isExact
    ? "Outcomes are manual totals entered for exactly this month. There are none yet."
    : "No other outcome is shared for exactly this month.";
}

const byPlace =
  "On paper and in the CSV, hours and visits are totals and hotspots are a number, never by place.";

const exactNotes = [
  "Hours and visits come from debriefs and imported patrol lists, by the day on which each visit began.",
  byPlace,
  "Planned figures stay on this screen.",
  "Arrests and stops can be shared once any manual total is entered for exactly this month. No total entered before may cover part of it.",
];

const sharedNotes = [
  "Figures under 10 are withheld, including zero. Others are rounded to the nearest 5. Some more are withheld so that none can be worked out.",
  `${byPlace} By place they could tell where police were not.`,
  "Hours and visits come from debriefs and imported patrol lists, by the day on which each visit began.",
  "Arrests, stops and outcomes are the same as in Outcomes, rounded for sharing. “Not shared” means that an overlapping period was entered first, or none for this month.",
];
