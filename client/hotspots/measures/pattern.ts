import type { PatternAnswer, PatternAsk } from "#client/hotspots/measures/answers.ts";
import {
  type Aside,
  adjusted,
  defineMeasure,
  type FindingLook,
  look,
  number,
  significant,
  unanswerable,
} from "#client/hotspots/measures/measure.ts";
import { formatProbability } from "#client/ui/format.ts";
import {
  describeEmerging,
  type EmergingGroup,
  emergingGroup,
  fewestAround,
} from "#core/hotspots/emerging-group.ts";
import { describeGroups } from "#core/hotspots/sentence.ts";
import { emergingSteps, fewestSteps, stepName } from "#core/hotspots/steps.ts";
import { emergingWords } from "#core/stats/emerging-pattern.ts";
import type { Fold } from "#core/stats/folds.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatDateRange } from "#core/time/words.ts";
import { minuteMs } from "#core/time/zone.ts";

export interface PatternAside extends Aside {
  readonly steps: readonly Fold[];
}

const looks: readonly FindingLook[] = [
  look("rising", "Rising", "Rising: new or growing hotspot", "rise", "up"),
  look("steady", "Steady", "Steady: nearly always a hotspot", "count-5", "bar"),
  look("on_and_off", "On and off", "On and off: a hotspot at times", "count-4", "ring"),
  look("easing", "Easing", "Easing: still a hotspot, but falling", "fall", "down"),
  look("gone", "Gone", "Gone: no longer a hotspot", "fall", "cross", 0.45),
  look("quiet", "Quiet", "Quiet: significantly fewer", "count-1", "down"),
  look("no_pattern", "No pattern", "No pattern", "count-2", null, 0.5),
  look(
    "too_few",
    "Not enough reports to tell",
    `Not enough reports to tell: under ${fewestAround} around`,
    null,
    "dot",
  ),
];

export const pattern = defineMeasure<"pattern", PatternAside, PatternAnswer>({
  id: "pattern",
  name: "Pattern",
  help: `Whether a hotspot is new, steady, on and off, or over. The dates are cut into equal months or weeks (at least ${fewestSteps}), each tested by itself. It does not forecast. Other dates, hours or cells may give another group. Under ${fewestAround} reports here and around, there are not enough reports to tell. The exact category is in the details of a place and in the download.`,
  rankedBy: "pattern over time",
  sort: { key: "rank", down: false },
  rank: "emerging",
  canBePinned: true,
  isOverTime: true,
  opacity: 0.9,
  looks,
  aside: ({ view, zone, counted }) => {
    const steps = emergingSteps(zone, view);
    if (!steps) {
      return unanswerable(
        `A pattern over time needs at least ${fewestSteps} whole weeks. Choose longer dates.`,
      );
    }
    const countsIn = ({ start, end }: Fold) =>
      counted({ from: start / minuteMs, to: end / minuteMs }).counts;
    const ask = (): PatternAsk => ({ measure: "pattern", steps: steps.map(countsIn) });
    return { measure: "pattern", steps, ask };
  },
  findings: ({ categories, around }) =>
    categories.map((category, cell) => {
      const events = around[cell] ?? 0;
      return events === 0 ? null : emergingGroup(category, events);
    }),
  ranking: ({ categories }) => ({ emerging: categories }),
  columns: () => [
    number("count", "Reports", ({ count }) => formatCount(count)),
    {
      key: "finding",
      label: "Pattern",
      text: ({ finding }) => looks.find((each) => each.finding === finding)?.word ?? "",
      isNumber: false,
      isFound: true,
      compare: (a, b) => (a.finding ?? "").localeCompare(b.finding ?? ""),
    },
  ],
  sentence: ({ counts, ...told }, { steps }) =>
    describeGroups({
      ...told,
      steps: describeSteps(steps),
      groups: counts as ReadonlyMap<EmergingGroup, number>,
    }),
  statement: ({ steps }) => describeEmerging(steps),
  title: ({ many }, size) => `Pattern of ${many} over time, cells ${size} across`,
  notes: ({ steps }) => {
    const dates = formatDateRange(steps[0]?.from ?? "", steps.at(-1)?.to ?? "");
    return [`Steps: ${describeSteps(steps)}, ${dates}`];
  },
  test: () => `Each step: exact test against an even spread, ${adjusted}; trend by Mann-Kendall`,
  story: ({ at, noun }, { steps }, { categories, around }) => {
    const category = categories[at];
    if (!category) return null;
    const counted = formatQuantity(around[at] ?? 0, noun.one, noun.many);
    return `Category: ${emergingWords(category)}, over ${describeSteps(steps)} with ${counted} here and around; trend p ${formatProbability(category.p)}.`;
  },
  values: ({ categories, around }, at, word) => {
    const category = categories[at];
    return {
      pattern: word,
      category: category ? emergingWords(category) : null,
      trend_p: significant(category?.p ?? null),
      around_all_steps: around[at] ?? null,
    };
  },
  lines: ({ steps }) => [["test of pattern", describeEmerging(steps)]],
});

/** "15 months", "8 weeks". */
function describeSteps(steps: readonly Fold[]): string {
  return formatQuantity(steps.length, stepName(steps));
}
