import { chanceOfChange, changeOf, verdictWords } from "#core/outcomes/change.ts";
import type { FigureSource } from "#core/outcomes/figures.ts";
import { type MeasureName, measureOf } from "#core/outcomes/measures.ts";
import { endOfMonth } from "#core/outcomes/periods.ts";
import { isSamePeriod, type Period } from "#core/outcomes/typed-tally.ts";
import type { TrustReply } from "#core/outcomes/wire/outcomes.ts";
import { figureWords, lowerFirst } from "#core/outcomes/words.ts";
import { holm } from "#core/stats/multiple-testing.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { monthName } from "#core/time/months.ts";
import { addDays } from "#core/time/zone.ts";

const lines = {
  trust: [
    "reports_by_women",
    "referrals_to_advisers",
    "harm_reported_to_partners",
    "reports_passed_on",
  ],
  enforcement: ["arrests", "stop_searches", "cautions"],
} as const satisfies Readonly<Record<string, readonly MeasureName[]>>;

/** As in `trends`: each month has its counterpart of the year before. */
const mostMonths = 24;

/**
 * What women entrust to others beside what police enforce, by whole month. Totals are never added up, so a change is
 * that of the last month shown against the first, tested for all lines together (Holm 1979); under 10 in either, none
 * is stated. More reports of harm may be more trust or more harm: no line is called good or bad.
 */
export function trustChart(
  source: FigureSource,
  typed: readonly Period[],
  isExact: boolean,
): TrustReply | null {
  const isTold = (month: Period) =>
    lines.trust.some((measure) => source({ measure }, month).why !== "not_typed");
  const told = typed.filter(
    (period) => isSamePeriod(period, monthOf(period.from)) && isTold(period),
  );
  const last = told
    .map(({ from }) => from)
    .sort()
    .at(-1);
  const first = told.map(({ from }) => from).sort()[0];
  if (first === undefined || last === undefined || first === last) return null;
  const months = monthsTo(first, last).slice(-mostMonths);
  const drawn = (["trust", "enforcement"] as const).flatMap((side) =>
    lines[side].flatMap((measure) => {
      const points = months.map((period) => ({ period, figure: source({ measure }, period) }));
      const shown = points.filter(({ figure }) => figure.count !== null);
      const [earlier, now] = [shown[0], shown.at(-1)];
      if (points.every(({ figure: { why } }) => why !== "shown" && why !== "withheld")) return [];
      const ends = earlier && now && earlier !== now ? { earlier, now, isExact } : null;
      return [{ side, measure, label: measureOf(measure).label, points, ends }];
    }),
  );
  const chances = holm(drawn.map(({ ends }) => ends && chanceOfChange(ends)));
  const series = drawn.map(({ side, measure, label, points, ends }, at) => {
    const change = ends && changeOf(ends, chances[at] ?? null);
    const words = ({ period, figure }: (typeof points)[number]) =>
      `${figureWords(figure, isExact)} in ${monthName(period.from.slice(0, 7))}`;
    const told =
      ends && change
        ? `${words(ends.earlier)}, ${words(ends.now)}, ${verdictWords[change.verdict]}`
        : "not enough months to compare";
    return {
      ...{ side, measure, label, verdict: change?.verdict ?? "cannot_tell" },
      points: points.map(({ figure }) => {
        return { count: figure.count, words: figureWords(figure, isExact) };
      }),
      sentence: `${label}: ${told}.`,
    };
  });
  return {
    months: months.map(({ from }) => from.slice(0, 7)),
    series: series.map(({ verdict: _, ...line }) => line),
    sentence: sentenceOf(series),
  };
}

const list = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** "Significantly more arrests in the last month than in the first." */
function sentenceOf(
  series: readonly { readonly label: string; readonly verdict: keyof typeof verdictWords }[],
): string {
  const said = (["rise", "fall"] as const).flatMap((verdict) => {
    const labels = series.filter((line) => line.verdict === verdict);
    const names = list.format(labels.map(({ label }) => lowerFirst(label)));
    return labels.length === 0 ? [] : [`${verdictWords[verdict]} ${names}`];
  });
  const few = series.filter(({ verdict }) => verdict === "cannot_tell").length;
  if (few === series.length) return "Too few in each line to compare its months.";
  const change = said.length === 0 ? "no significant change" : said.join("; ");
  const rest = few === 0 ? "" : `; not enough in ${formatQuantity(few, "line")} to tell`;
  return `Last month against the first: ${change}${rest}.`;
}

function monthOf(date: string): Period {
  return { from: `${date.slice(0, 7)}-01`, to: endOfMonth(date) };
}

function monthsTo(first: string, last: string): Period[] {
  const months: Period[] = [];
  for (let from = first; from <= last; from = addDays(endOfMonth(from), 1)) {
    months.push(monthOf(from));
  }
  return months;
}
