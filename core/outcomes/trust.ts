import { chanceOfChange, changeOf, verdictWords } from "#core/outcomes/change.ts";
import type { FigureSource } from "#core/outcomes/figures.ts";
import { type MeasureName, measureOf } from "#core/outcomes/measures.ts";
import { endOfMonth, wholeMonths } from "#core/outcomes/periods.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import type { ChangeReply, TrustReply } from "#core/outcomes/wire/outcomes.ts";
import { figureWords, lowerFirst } from "#core/outcomes/words.ts";
import { holm } from "#core/stats/multiple-testing.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { monthName } from "#core/time/months.ts";

type Side = TrustReply["series"][number]["side"];

const lines: readonly (readonly [measure: MeasureName, side: Side])[] = [
  ["reports_by_women", "trust"],
  ["referrals_to_advisers", "trust"],
  ["harm_reported_to_partners", "trust"],
  ["reports_passed_on", "trust"],
  ["arrests", "enforcement"],
  ["stop_searches", "enforcement"],
  ["cautions", "enforcement"],
];

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
    lines.some(([measure, side]) => {
      return side === "trust" && source({ measure }, month).why !== "not_typed";
    });
  const told = typed
    .filter((period) => period.from.endsWith("-01") && period.to === endOfMonth(period.from))
    .filter(isTold)
    .map(({ from }) => from)
    .sort();
  const [first = "", last = ""] = [told[0], told.at(-1)];
  if (first === last) return null;
  const months = wholeMonths(first, last);
  const drawn = lines.flatMap(([measure, side]) => {
    const points = months.map((period) => ({ period, figure: source({ measure }, period) }));
    if (points.every(({ figure: { why } }) => why !== "shown" && why !== "withheld")) return [];
    const shown = points.filter(({ figure }) => figure.count !== null);
    const [earlier, now] = [shown[0], shown.at(-1)];
    const ends = earlier && now && earlier !== now ? { earlier, now, isExact } : null;
    return [{ measure, side, label: measureOf(measure).label, points, ends }];
  });
  const chances = holm(drawn.map(({ ends }) => ends && chanceOfChange(ends)));
  const verdicts: Verdict[] = [];
  const series = drawn.map(({ points, ends, ...line }, at) => {
    const change = ends && changeOf(ends, chances[at] ?? null);
    verdicts.push({ label: line.label, verdict: change?.verdict ?? "cannot_tell" });
    const inMonth = ({ period, figure }: (typeof points)[number]) =>
      `${figureWords(figure, isExact)} in ${monthName(period.from.slice(0, 7))}`;
    const course =
      ends && change
        ? `${inMonth(ends.earlier)}, ${inMonth(ends.now)}, ${verdictWords[change.verdict]}`
        : "not enough months to compare";
    return {
      ...line,
      points: points.map(({ figure }) => ({
        count: figure.count,
        words: figureWords(figure, isExact),
      })),
      sentence: `${line.label}: ${course}.`,
    };
  });
  return {
    months: months.map(({ from }) => from.slice(0, 7)),
    series,
    sentence: sentenceOf(verdicts),
  };
}

interface Verdict extends Pick<ChangeReply, "verdict"> {
  readonly label: string;
}

const list = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** "Last month against the first: significantly more arrests; not enough in 1 line to tell." */
function sentenceOf(verdicts: readonly Verdict[]): string {
  const of = (verdict: Verdict["verdict"]) =>
    verdicts.filter((line) => line.verdict === verdict).map(({ label }) => lowerFirst(label));
  const few = of("cannot_tell").length;
  if (few === verdicts.length) return "Too few in each line to compare its months.";
  const changes = (["rise", "fall"] as const).flatMap((verdict) =>
    of(verdict).length === 0 ? [] : [`${verdictWords[verdict]} ${list.format(of(verdict))}`],
  );
  const change = changes.length === 0 ? "no significant change" : changes.join("; ");
  const rest = few === 0 ? "" : `; not enough in ${formatQuantity(few, "line")} to tell`;
  return `Last month against the first: ${change}${rest}.`;
}
