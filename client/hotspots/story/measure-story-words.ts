import { nounOf } from "#client/hotspots/count-words.ts";
import type { MeasureAnswer } from "#client/hotspots/measure-ask.ts";
import { describeSteps } from "#client/hotspots/measure-sentence.ts";
import type { Ranked } from "#client/hotspots/ranked.ts";
import { type ChangeAside, isEvenComparison } from "#client/hotspots/use-aside.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";
import {
  formatDateRange,
  formatDecimal,
  formatProbability,
  formatQuantity,
} from "#client/ui/format.ts";
import type { CellChange } from "#core/hotspots/change.ts";
import type { CellEffort } from "#core/hotspots/effort.ts";
import { emergingWords } from "#core/stats/emerging.ts";

type Noun = ReturnType<typeof nounOf>;

/** What the measure found in one place, in figures; null where it has nothing to say. `at`: in the study set. */
export function storyWords(view: HotspotsView, ranked: Ranked, at: number): string | null {
  const { answer, picture } = ranked;
  const { aside, leading } = picture;
  const noun = nounOf(view);
  if (answer?.measure === "change" && aside?.measure === "change") {
    const now = formatQuantity(leading.summary.counts[at] ?? 0, noun.one, noun.many);
    return changeWords(answer.changes[at], aside, now);
  }
  if (answer?.measure === "emerging" && aside?.measure === "emerging") {
    return patternWords(answer, at, describeSteps(aside.steps), noun);
  }
  return answer?.measure === "effort" ? effortWords(answer.efforts[at], noun) : null;
}

function changeWords(
  change: CellChange | undefined,
  aside: ChangeAside,
  now: string,
): string | null {
  if (!change || change.changeP === null) return null;
  const { before, changeP, changeQ } = change;
  const dates = formatDateRange(aside.range.from, aside.range.to);
  const [baselineDays, days] = aside.lengths;
  const scaled = isEvenComparison(aside)
    ? ""
    : ` (${formatDecimal((before * days) / baselineDays)} in a period of this length)`;
  const test =
    changeQ === null
      ? "too few in both periods together for any test"
      : `p ${formatProbability(changeP)}, adjusted for multiple testing q ${formatProbability(changeQ)}`;
  return `${now} now, ${before} from ${dates}${scaled}: ${test}.`;
}

function patternWords(
  { categories, around }: Extract<MeasureAnswer, { measure: "emerging" }>,
  at: number,
  steps: string,
  noun: Noun,
): string | null {
  const category = categories[at];
  if (!category) return null;
  const counted = formatQuantity(around[at] ?? 0, noun.one, noun.many);
  return `Category: ${emergingWords(category)}, over ${steps} with ${counted} here and around; trend p ${formatProbability(category.p)}.`;
}

function effortWords(effort: CellEffort | null | undefined, noun: Noun): string | null {
  if (!effort) return null;
  const { records, minutes, rate, low, high } = effort;
  const hours = `${formatQuantity(records, noun.one, noun.many)} in ${formatDecimal(minutes / 60)} logged hours of patrol`;
  if (rate === null || low === null || high === null) return `${hours}.`;
  return `${hours}: ${low.toFixed(2)} to ${high.toFixed(2)} an hour (95% interval), ${rate.toFixed(2)} once drawn towards all places.`;
}
