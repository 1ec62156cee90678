import { measureOf } from "#client/hotspots/measures/list.ts";
import { isAnswerable } from "#client/hotspots/measures/measure.ts";
import type { Ranked } from "#client/hotspots/ranked/ranked.ts";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import { nounOf } from "#client/hotspots/state/words.ts";
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

/** `step`: "month". Judges steps only: the whole period has its own test. */
export function patternWords(category: Emerging, around: number, step: string): string {
  return groupWords[emergingGroup(category, around)](step);
}

export function patternName(category: Emerging, steps: number): string {
  return `Emerging category over ${steps} steps: ${emergingWords(category)} (Mann-Kendall on Gi*, p ${formatProbability(category.p)})`;
}

export interface Setting {
  /** Neighbours within the study area, 0 to 6. */
  readonly neighbours: number;
  /** The cell and those neighbours. */
  readonly near: number;
}

export function cellWarnings(story: CellStory, { neighbours, near }: Setting): readonly string[] {
  const { count, hourUnknown, exact, midnight, busiestDay } = story;
  const warnings: (string | false)[] = [
    near < fewestAround &&
      `Not enough reports to tell: ${formatCount(near)} here and around. At least ${fewestAround} are needed.`,
    busiestDay !== null &&
      count >= fewForShare &&
      busiestDay.count * 2 >= count &&
      `${formatCount(busiestDay.count)} of these ${formatCount(count)} are from one day, ${formatDate(busiestDay.date)}. It may be one incident reported many times.`,
    exact >= fewForShare &&
      midnight * 2 >= exact &&
      `${formatCount(midnight)} of ${formatQuantity(exact, "exact time")} are 00:00, which may mean "not known".`,
    hourUnknown > 0 &&
      `${formatCount(hourUnknown)} of ${formatCount(count)} have no known hour and are not in the clock.`,
    neighbours < 6 &&
      `At the edge of the area: only ${formatCount(neighbours)} of the 6 neighbouring cells are counted.`,
  ];
  return warnings.filter((warning) => warning !== false);
}

/** Null where there is nothing to say. `at`: in the study set. */
export function storyWords(view: HotspotsView, ranked: Ranked, at: number): string | null {
  const { answer, picture } = ranked;
  const { aside, leading } = picture;
  if (!isAnswerable(aside) || answer?.measure !== aside.measure) return null;
  const told = { at, count: leading.summary.counts[at] ?? 0, noun: nounOf(view) };
  return measureOf(answer.measure).story?.(told, aside, answer) ?? null;
}

type Tested = Pick<Hotspot, "expectedOwn" | "near" | "expected" | "hot" | "beside" | "by">;

export function describeAround(
  row: Tested,
  noun: { readonly one: string; readonly many: string },
): string {
  const { expectedOwn, near, expected, by } = row;
  // Its own figures would read as a hotspot's but leave out what its neighbours add.
  if (row.beside) return `${capitalised(hotWords(row))}: ${besideReason}.`;
  const compared =
    by === "area"
      ? `${formatQuantity(near, noun.one, noun.many)} here and next door; by chance you would expect ${expectedWords(expected)}`
      : `by chance you would expect ${expectedWords(expectedOwn)}`;
  return `${capitalised(hotWords(row))}: ${compared}.`;
}

/** "0.4", or "under 0.1" for what would round to 0.0. */
export function expectedWords(expected: number): string {
  return expected > 0 && expected < 0.05 ? "under 0.1" : formatDecimal(expected);
}

const besideReason = "no more than chance once next door's are left out";

const fewForShare = 5;

const groupWords: Readonly<Record<EmergingGroup, (step: string) => string>> = {
  rising: (step) => `Rising: a hotspot of the last ${step}, new or growing.`,
  steady: (step) => `Steady: a hotspot nearly every ${step}.`,
  easing: (step) => `Easing: a hotspot nearly every ${step}, but falling.`,
  on_and_off: (step) => `On and off: a hotspot of the last ${step}, and at times before.`,
  gone: (step) => `Gone: a hotspot nearly every ${step}, but not the last.`,
  quiet: (step) => `Quiet: significantly fewer reports in some ${step}s.`,
  no_pattern: (step) => `No steady trend, ${step} by ${step}.`,
  too_few: () => `Not enough reports to tell: under ${fewestAround} here and around.`,
};
