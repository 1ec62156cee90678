import type { HarmAnswer, HarmAsk } from "#client/hotspots/measures/answers.ts";
import {
  type Aside,
  defineMeasure,
  type Finding,
  look,
  number,
  roundedTenth,
  type Scene,
  type StoryTold,
  type Unanswerable,
  unanswerable,
} from "#client/hotspots/measures/measure.ts";
import { capitalised } from "#client/ui/format.ts";
import { describeHarm, formatHarm, noWeight } from "#core/hotspots/harm.ts";
import { harmByClass, harmSourceLine, tableName } from "#core/records/harm.ts";
import type { HarmTable } from "#core/records/wire/harm-weights.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

export interface HarmAside extends Aside {
  readonly table: HarmTable;
}

const findings: readonly Finding[] = ["harm_1", "harm_2", "harm_3", "harm_4", "no_weight"];

/** No significance test: the weights say nothing of chance. */
export const harm = defineMeasure<"harm", HarmAside, HarmAnswer>({
  id: "harm",
  name: "Harm",
  help: "Reports weighted by harm. Each report counts for the weight of its category, or else of its kind, in the table that your team keeps. A report with an uncertain time counts at the middle of it. It does not test significance or change: a few heavy reports can lead the list. Reports without a weight add nothing. Police records are never added. Weights are averages from their source, and say nothing of the harm in one case.",
  rankedBy: "harm",
  sort: { key: "rank", down: false },
  rank: "count",
  canBePinned: false,
  weighs: true,
  opacity: 0.9,
  looks: [
    look("harm_1", "First quarter", "Heaviest places: first quarter of all harm", "count-5", null),
    look("harm_2", "Second quarter", "Second quarter of all harm", "count-4", null),
    look("harm_3", "Third quarter", "Third quarter of all harm", "count-2", null),
    look("harm_4", "Last quarter", "Last quarter of all harm", "count-1", null),
    look("no_weight", "No weight", "Reports, but none with a weight", null, "dot"),
  ],
  aside: harmAside,
  findings: ({ classes }) =>
    Array.from(classes, (one) => findings[(one === noWeight ? findings.length : one) - 1] ?? null),
  size: ({ sums }, _, at) => sums.harm[at] ?? 0,
  columns: (_, answer) => [
    number("count", "Reports", ({ count }) => formatCount(count)),
    number("harm", "Harm", ({ at }) => formatHarm(harmAt(answer, at)), {
      isFound: true,
      compare: (a, b) => harmAt(answer, a.at) - harmAt(answer, b.at),
    }),
    number("share", "Share", ({ at }) => shareText(answer, at), {
      compare: (a, b) => harmAt(answer, a.at) - harmAt(answer, b.at),
    }),
  ],
  sentence: ({ weeks, noun }, _, { sums }) => describeHarm({ weeks, noun, sums }),
  statement: ({ table }) =>
    `sum over the reports of the weight of their category, or else their kind. Each counts at the midpoint of its time. Classes: cumulative share of harm. No significance test. ${harmSourceLine(table)}`,
  title: ({ many }, size) => `Harm of ${many}, cells ${size} across`,
  notes: ({ table }, counted) => [
    `${capitalised(counted)}, each by its weight`,
    harmSourceLine(table),
  ],
  test: () => "No significance test",
  story: harmStory,
  values: (answer, at, word) => ({
    harm: roundedTenth(harmAt(answer, at)),
    harm_share: shareOf(answer, at),
    harm_class: word,
  }),
  lines: ({ table }) => [
    ["harm weights", tableName(table)],
    ["source of weights", table.source],
    ["weights", table.weights.map(({ name, weight }) => `${name} ${weight}`).join("; ")],
    ["test of harm", "none"],
  ],
});

function harmAside({ view, harmTables, weighed }: Scene): HarmAside | Unanswerable {
  if (view.reported.length === 0) {
    return unanswerable("Harm is of reports alone. Choose a kind that people report.");
  }
  if (harmTables === "loading") return unanswerable("Loading harm weights.", true);
  if (harmTables === "failed") {
    return unanswerable("Harm weights could not be loaded. Reload the page.");
  }
  const [inUse] = harmTables;
  if (!inUse) {
    return unanswerable(
      "No harm weights are saved yet. An analyst can save them in Displacement, under Weighted by harm.",
    );
  }
  const ask = (): HarmAsk => ({ measure: "harm", sums: weighed(harmByClass(inUse.weights)) });
  return { measure: "harm", table: inUse, ask };
}

function harmAt(answer: HarmAnswer | null, at: number): number {
  return answer?.sums.harm[at] ?? 0;
}

/** Share of the whole area's harm, to six digits; null where there is none. */
function shareOf(answer: HarmAnswer, at: number): number | null {
  return answer.total === 0 ? null : Number((harmAt(answer, at) / answer.total).toPrecision(6));
}

function shareText(answer: HarmAnswer | null, at: number): string {
  const share = answer && shareOf(answer, at);
  if (!share) return "0%";
  return share < 0.005 ? "under 1%" : `${Math.round(share * 100)}%`;
}

function harmStory({ at, count, noun }: StoryTold, { table }: HarmAside, answer: HarmAnswer) {
  if (count === 0) return null;
  const reports = formatQuantity(count, noun.one, noun.many);
  const units = formatHarm(harmAt(answer, at));
  return `${units} units of harm from ${reports}: ${shareText(answer, at)} of the harm in the area. Weights: ${tableName(table)}.`;
}
