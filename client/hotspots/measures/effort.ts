import type { EffortAnswer, EffortAsk } from "#client/hotspots/measures/answers.ts";
import {
  type Aside,
  defineMeasure,
  type Finding,
  type FindingLook,
  look,
  type StoryTold,
  unanswerable,
} from "#client/hotspots/measures/measure.ts";
import { capitalised, formatDecimal } from "#client/ui/format.ts";
import { minutesByCell } from "#core/hotspots/dose.ts";
import {
  type CellEffort,
  describeEffort,
  effortBreaks,
  fewestMinutes,
} from "#core/hotspots/effort.ts";
import { describeEfforts } from "#core/hotspots/sentence.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

export interface EffortAside extends Aside {
  readonly total: number;
}

const rateFindings = ["rate_1", "rate_2", "rate_3", "rate_4", "rate_5"] as const;

const looks: readonly FindingLook[] = [
  look("rate_1", "Under 0.25 an hour", "Under 0.25 an hour", null, null),
  look("rate_2", "0.25 to 0.5 an hour", "0.25 to 0.5 an hour", null, null),
  look("rate_3", "0.5 to 1 an hour", "0.5 to 1 an hour", null, null),
  look("rate_4", "1 to 2 an hour", "1 to 2 an hour", null, null),
  look("rate_5", "2 an hour and more", "2 an hour and more", null, null),
  look(
    "too_few",
    "Not enough patrol time to tell",
    `Not enough patrol time to tell: under ${fewestMinutes} minutes`,
    null,
    "dot",
  ),
  look("unknown", "No patrol logged", "No patrol logged", null, "dash"),
];

/** Hours and rates of patrol stay on screen, and leave as one total alone (SAFEGUARDS 6). */
export const effort = defineMeasure<"effort", EffortAside, EffortAnswer>({
  id: "effort",
  name: "Patrol time",
  help: `What police found by themselves (arrests, stops, sightings) for each hour that they were logged in a place. Finds alone show where police were; set against hours they come nearer to what was there. It does not rank places for patrol, which follow what people report, and it knows nothing of patrols that nobody logged: those places read "no patrol logged", and under ${fewestMinutes} minutes there is not enough patrol time to tell. Patrol time is logged by day: an hour filter is not used. Rates are on screen only.`,
  rankedBy: "what police found an hour",
  sort: { key: "rank", down: false },
  rank: "count",
  isOfFinds: true,
  opacity: 0.8,
  looks,
  first: [...rateFindings.toReversed(), "too_few", "unknown"],
  aside: ({ view, dose, study, finest }) => {
    if (dose === "loading") return unanswerable("Patrol hours are coming.", true);
    if (dose === "failed") {
      return unanswerable(
        "Patrol hours could not be loaded, so no rate can be told. Load the page again.",
      );
    }
    const { from, to, time } = view;
    const minutes = minutesByCell(dose, study, finest, { from, to, days: time.days });
    return {
      measure: "effort",
      total: minutes.reduce((sum, value) => sum + value, 0),
      ask: (): EffortAsk => ({ measure: "effort", minutes }),
    };
  },
  findings: ({ efforts }) => efforts.map((found) => found && effortFinding(found)),
  size: ({ efforts }, _, at) => efforts[at]?.rate ?? 0,
  ranking: ({ efforts }) => ({ isListed: (index) => efforts[index] !== null }),
  columns: (_, answer) => [
    { key: "count", label: "Records", text: ({ count }) => formatCount(count), isNumber: true },
    {
      key: "hours",
      label: "Hours",
      text: ({ at }) => formatDecimal((answer?.efforts[at]?.minutes ?? 0) / 60),
      isNumber: true,
      screenOnly: true,
      compare: (a, b) =>
        (answer?.efforts[a.at]?.minutes ?? 0) - (answer?.efforts[b.at]?.minutes ?? 0),
    },
    {
      key: "rate",
      label: "An hour",
      text: ({ at }) => rateText(answer?.efforts[at] ?? null),
      isNumber: true,
      screenOnly: true,
      compare: (a, b) => (answer?.efforts[a.at]?.rate ?? -1) - (answer?.efforts[b.at]?.rate ?? -1),
    },
  ],
  sentence: ({ counts, ...told }, { total }, { efforts }) =>
    describeEfforts({
      ...told,
      minutes: total,
      known: efforts.filter((found) => found?.status === "known").length,
      unknown: counts.get("unknown") ?? 0,
    }),
  statement: describeEffort,
  title: ({ many }, size) => `${capitalised(many)} per hour of patrol, cells ${size} across`,
  notes: (_, counted) => [`${capitalised(counted)}, against patrol time by day`],
  test: () =>
    "No test: where there is little to go by, a rate is drawn towards that of all places (empirical Bayes)",
  story: effortStory,
  lines: ({ total }) => [
    ["patrol", `${Math.round(total / 60)} hours logged in the study area in all`],
  ],
});

function effortFinding({ status, rate }: CellEffort): Finding {
  if (status !== "known" || rate === null) return status === "known" ? "too_few" : status;
  const reached = effortBreaks.filter((bound) => rate >= bound).length;
  return rateFindings[reached - 1] ?? "rate_1";
}

/** "0.42", or why there is none. */
function rateText(found: CellEffort | null): string {
  if (found?.status === "known" && found.rate !== null) return found.rate.toFixed(2);
  return found?.status === "too_few" ? "Not enough patrol time" : "No patrol logged";
}

function effortStory(
  { at, noun }: StoryTold,
  _: EffortAside,
  { efforts }: EffortAnswer,
): string | null {
  const found = efforts[at];
  if (!found) return null;
  const { records, minutes, rate, low, high } = found;
  const hours = `${formatQuantity(records, noun.one, noun.many)} in ${formatDecimal(minutes / 60)} logged hours of patrol`;
  if (rate === null || low === null || high === null) return `${hours}.`;
  return `${hours}: ${low.toFixed(2)} to ${high.toFixed(2)} an hour (95% interval), ${rate.toFixed(2)} once drawn towards all places.`;
}
