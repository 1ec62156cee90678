import { measureOf } from "#client/hotspots/measures/list.ts";
import { isAnswerable } from "#client/hotspots/measures/measure.ts";
import type { Ranked } from "#client/hotspots/ranked.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";
import { nounOf } from "#client/hotspots/words.ts";
import { categoryWords, sourceWords } from "#client/records/kind-words.ts";
import { capitalised, formatDecimal, formatProbability } from "#client/ui/format.ts";
import type { CellPart, CellStory } from "#core/hotspots/cell-story.ts";
import { type EmergingGroup, emergingGroup, fewestAround } from "#core/hotspots/emerging-group.ts";
import { hotWords } from "#core/hotspots/hot-words.ts";
import type { Hotspot } from "#core/hotspots/rank.ts";
import { kinds } from "#core/records/kinds.ts";
import { type Emerging, emergingWords } from "#core/stats/emerging-pattern.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

/** "Complaints by residents, kerb crawling" */
export function partName({ kind, source, category }: CellPart): string {
  const who = sourceWords[source].toLowerCase();
  return `${kinds[kind].label} by ${who}, ${categoryWords[category].toLowerCase()}`;
}

/** In plain words. */
export function patternWords(category: Emerging, around: number): string {
  return groupWords[emergingGroup(category, around)];
}

/** In the words of the method. */
export function patternName(category: Emerging, steps: number): string {
  return `Emerging category over ${steps} steps: ${emergingWords(category)} (Mann-Kendall on Gi*, p ${formatProbability(category.p)})`;
}

/** How a place lies in its study area. */
export interface Setting {
  /** Places around it that belong to the study area, of six. */
  readonly neighbours: number;
  /** Here and in those. */
  readonly near: number;
}

/** What of this place's figures is to be read with care. */
export function cellWarnings(story: CellStory, { neighbours, near }: Setting): readonly string[] {
  const { count, hourUnknown, exact, midnight, busiestDay } = story;
  const warnings: (string | false)[] = [
    near < fewestAround &&
      `Not enough reports to tell: ${formatCount(near)} here and in the places around it, where under ${fewestAround} may be anything.`,
    busiestDay !== null &&
      count >= fewForShare &&
      busiestDay.count * 2 >= count &&
      `${formatCount(busiestDay.count)} of these ${formatCount(count)} are of one day, ${formatDate(busiestDay.date)}: perhaps one incident told many times.`,
    exact >= fewForShare &&
      midnight * 2 >= exact &&
      `${formatCount(midnight)} of ${formatQuantity(exact, "exact time")} are 00:00, which may stand for "not known".`,
    hourUnknown > 0 &&
      `${formatCount(hourUnknown)} of ${formatCount(count)} without a known hour: they are in no hour of the clock.`,
    neighbours < 6 &&
      `At the edge of the area: ${formatCount(neighbours)} of the 6 places around it are counted, and nothing beyond.`,
  ];
  return warnings.filter((warning) => warning !== false);
}

/** What the measure found in one place, in figures; null where it has nothing to say. `at`: in the study set. */
export function storyWords(view: HotspotsView, ranked: Ranked, at: number): string | null {
  const { answer, picture } = ranked;
  const { aside, leading } = picture;
  if (!isAnswerable(aside) || answer?.measure !== aside.measure) return null;
  const told = { at, count: leading.summary.counts[at] ?? 0, noun: nounOf(view) };
  return measureOf(answer.measure).story?.(told, aside, answer) ?? null;
}

type Tested = Pick<Hotspot, "count" | "expectedOwn" | "near" | "expected" | "hot" | "by">;

/** What the test says of a place and what it compares, first the figures that decided. */
export function describeAround(
  row: Tested,
  noun: { readonly one: string; readonly many: string },
  study: string,
): string {
  const { count, expectedOwn, near, expected, by } = row;
  const found = (number: number) => formatQuantity(number, noun.one, noun.many);
  const spread = `an even spread over ${study} would give`;
  const compared =
    by === "area"
      ? `${found(near)} here and in neighbouring cells; ${spread} ${given(expected)}. Here alone: ${formatCount(count)} and ${given(expectedOwn)}`
      : `${found(count)}; ${spread} ${given(expectedOwn)}. With neighbouring cells: ${formatCount(near)} and ${given(expected)}`;
  return `${capitalised(hotWords(row))}: ${compared}.`;
}

/** "0.4"; so little that it would read 0.0 is "under 0.1". */
function given(expected: number): string {
  return expected > 0 && expected < 0.05 ? "under 0.1" : formatDecimal(expected);
}

const fewForShare = 5;

const groupWords: Readonly<Record<EmergingGroup, string>> = {
  rising: "Rising: it stands out only of late, or more and more.",
  steady: "Steady: it stands out nearly all the time.",
  easing: "Easing: it stands out nearly all the time, but less and less.",
  on_and_off: "On and off: it stands out now, and did at times before.",
  gone: "Gone: it stood out nearly all the time, but no longer.",
  quiet: "Quiet: at times it has fewer than chance says.",
  no_pattern: "No pattern: it does not stand out at the end of these dates.",
  too_few: `Not enough reports to tell: under ${fewestAround} here and in the places around it.`,
};
