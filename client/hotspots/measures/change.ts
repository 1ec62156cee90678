import type { ChangeAnswer, ChangeAsk } from "#client/hotspots/measures/answers.ts";
import { baselineRange } from "#client/hotspots/measures/baseline.ts";
import {
  type Aside,
  adjusted,
  type Compared,
  defineMeasure,
  look,
  type MeasureColumn,
  number,
  roundedTenth,
  type StoryTold,
  significant,
  unanswerable,
} from "#client/hotspots/measures/measure.ts";
import { formatDecimal, formatProbability } from "#client/ui/format.ts";
import { type ChangeVerdict, changeVerdict, describeChange } from "#core/hotspots/change.ts";
import { describeChanges } from "#core/hotspots/sentence.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatDateRange } from "#core/time/words.ts";
import { addDays, daysIn, minuteMs } from "#core/time/zone.ts";

export interface ChangeAside extends Aside, Compared {}

export const change = defineMeasure<"change", ChangeAside, ChangeAnswer>({
  id: "change",
  name: "Change",
  help: "Where reports rose or fell significantly between two periods. An exact test compares each place, adjusted for multiple testing. It does not show the cause: a fall may be chance, weather, or a problem that moved across the boundary. With only a handful in both periods there are not enough reports to tell.",
  rankedBy: "change",
  sort: { key: "rank", down: false },
  rank: "change",
  canBePinned: true,
  compares: true,
  opacity: 0.9,
  looks: [
    look("rise", "Rise", "Rise: significantly more", "rise", "up"),
    look("fall", "Fall", "Fall: significantly fewer", "fall", "down"),
    look("no_clear_change", "No significant change", "No significant change", "count-2", null, 0.5),
    look("too_few", "Not enough reports to tell", "Not enough reports to tell", null, "dot"),
  ],
  aside: ({ view, within, zone, counted }) => {
    const range = baselineRange(view, view.baseline, within);
    if ("fault" in range) return unanswerable(range.fault);
    const summary = counted({
      from: zone.startOfDate(range.from) / minuteMs,
      to: zone.startOfDate(addDays(range.to, 1)) / minuteMs,
    });
    const lengths = [daysIn(range), daysIn(view)] as const;
    const ask = (): ChangeAsk => ({ measure: "change", before: summary.counts, lengths });
    return { measure: "change", range, lengths, summary, ask };
  },
  findings: ({ changes }) => changes.map(changeVerdict),
  size: (_, row) => Math.abs(row.change ?? 0),
  ranking: ({ changes }) => ({ changes }),
  columns: (aside) => [
    isEven(aside)
      ? number("before", "Before", ({ before = 0 }) => formatCount(before), byBefore)
      : number(
          "before",
          "Before, scaled",
          ({ count, change = 0 }) => formatDecimal(count - change),
          byBefore,
        ),
    number("count", "Now", ({ count }) => formatCount(count)),
    number("change", "Change", (row) => formatSigned(row.change ?? 0), {
      isFound: true,
      compare: (a, b) => (a.change ?? 0) - (b.change ?? 0),
    }),
  ],
  sentence: ({ counts, ...told }, { summary, range }) =>
    describeChanges({
      ...told,
      before: summary.total,
      weeksBefore: daysIn(range) / 7,
      verdicts: counts as ReadonlyMap<ChangeVerdict, number>,
    }),
  statement: ({ range, lengths }) => describeChange(range.from, range.to, lengths),
  title: ({ many }, size) => `Change in ${many}, cells ${size} across`,
  notes: (aside) => [
    `Compared with ${formatDateRange(aside.range.from, aside.range.to)}`,
    ...(isEven(aside) ? [] : [`Before is scaled to ${aside.lengths[1]} days`]),
  ],
  test: (aside) =>
    `${isEven(aside) ? "E-test of two counts" : "Exact test of two counts over different lengths"}, ${adjusted}`,
  story: changeStory,
  values: ({ changes }, at, word) => {
    const { before, change, changeP, changeQ } = changes[at] ?? noChange;
    return {
      before,
      change: roundedTenth(change),
      change_p: significant(changeP),
      change_q: significant(changeQ),
      change_found: word,
    };
  },
  lines: (aside) => [
    ["compared with", `${aside.range.from} to ${aside.range.to}`],
    ["test of change", describeChange(aside.range.from, aside.range.to, aside.lengths)],
  ],
  compared: (aside) => aside,
});

const noChange = { before: 0, change: 0, changeP: null, changeQ: null } as const;

function isEven(aside: ChangeAside | null): boolean {
  return !aside || aside.lengths[0] === aside.lengths[1];
}

const byBefore: Pick<MeasureColumn, "compare"> = {
  compare: (a, b) => (a.before ?? 0) - (b.before ?? 0),
};

/** "+4", "-2", "0"; one decimal where periods of unlike length were scaled. */
export function formatSigned(value: number): string {
  const rounded = roundedTenth(value);
  const text = Number.isInteger(rounded)
    ? formatCount(Math.abs(rounded))
    : formatDecimal(Math.abs(rounded));
  if (rounded === 0) return "0";
  return `${rounded > 0 ? "+" : "−"}${text}`;
}

function changeStory(
  { at, count, noun }: StoryTold,
  aside: ChangeAside,
  { changes }: ChangeAnswer,
): string | null {
  const found = changes[at];
  if (!found || found.changeP === null) return null;
  const { before, changeP, changeQ } = found;
  const now = formatQuantity(count, noun.one, noun.many);
  const dates = formatDateRange(aside.range.from, aside.range.to);
  const [baselineDays, days] = aside.lengths;
  const scaled = isEven(aside)
    ? ""
    : ` (${formatDecimal((before * days) / baselineDays)} in a period of this length)`;
  const test =
    changeQ === null
      ? "too few in both periods to test"
      : `p ${formatProbability(changeP)}, adjusted for multiple testing q ${formatProbability(changeQ)}`;
  return `${now} now, ${before} from ${dates}${scaled}: ${test}.`;
}
