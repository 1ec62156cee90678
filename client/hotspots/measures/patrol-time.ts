import type { PatrolTimeAnswer, PatrolTimeAsk } from "#client/hotspots/measures/answers.ts";
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
} from "#core/hotspots/effort-words.ts";
import { describeEfforts } from "#core/hotspots/sentence.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

export interface PatrolTimeAside extends Aside {
  readonly total: number;
}

const rateFindings = ["rate_1", "rate_2", "rate_3", "rate_4", "rate_5"] as const;

const looks: readonly FindingLook[] = [
  look("rate_1", "Under 0.25 per hour", "Under 0.25 per hour", null, null),
  look("rate_2", "0.25 to 0.5 per hour", "0.25 to 0.5 per hour", null, null),
  look("rate_3", "0.5 to 1 per hour", "0.5 to 1 per hour", null, null),
  look("rate_4", "1 to 2 per hour", "1 to 2 per hour", null, null),
  look("rate_5", "2 or more per hour", "2 or more per hour", null, null),
  look(
    "too_few",
    "Not enough patrol time to tell",
    `Not enough patrol time to tell: under ${fewestMinutes} minutes`,
    null,
    "dot",
  ),
  look("unknown", "No patrol logged", "No patrol logged", null, "dash"),
];

/** Hours and rates stay on screen and leave only as one total (SAFEGUARDS 6). */
export const patrolTime = defineMeasure<"patrol_time", PatrolTimeAside, PatrolTimeAnswer>({
  id: "patrol_time",
  name: "Patrol time",
  help: `Arrests, stops and sightings by police for each logged hour of patrol. Counts alone show where police were; rates allow for the time they spent there. It does not rank places for patrol: patrols follow what people report. Unlogged patrols are not known. Under ${fewestMinutes} minutes there is not enough patrol time to tell. Patrol time is logged by day, so hours are not filtered. Rates are on screen only.`,
  rankedBy: "police records per hour of patrol",
  sort: { key: "rank", down: false },
  rank: "count",
  canBePinned: false,
  isOfFinds: true,
  opacity: 0.9,
  looks,
  first: [...rateFindings.toReversed(), "too_few", "unknown"],
  aside: ({ view, dose, study, finest }) => {
    if (dose === "loading") return unanswerable("Loading patrol hours.", true);
    if (dose === "failed") {
      return unanswerable("Patrol hours could not be loaded. Reload the page.");
    }
    const { from, to, time } = view;
    const minutes = minutesByCell(dose, study, finest, { from, to, days: time.days });
    return {
      measure: "patrol_time",
      total: minutes.reduce((sum, value) => sum + value, 0),
      ask: (): PatrolTimeAsk => ({ measure: "patrol_time", minutes }),
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
      label: "Per hour, smoothed",
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
    "No test. Rates from little patrol time are pulled towards the average (empirical Bayes)",
  story: effortStory,
  lines: ({ total }) => [["patrol", `${Math.round(total / 60)} hours logged in the study area`]],
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

function effortStory({ at, noun }: StoryTold, _: PatrolTimeAside, { efforts }: PatrolTimeAnswer) {
  const found = efforts[at];
  if (!found) return null;
  const { records, minutes, rate, low, high } = found;
  const hours = `${formatQuantity(records, noun.one, noun.many)} in ${formatDecimal(minutes / 60)} logged hours of patrol`;
  if (rate === null || low === null || high === null) return `${hours}.`;
  return `${hours}: ${low.toFixed(2)} to ${high.toFixed(2)} per hour (95% interval), ${rate.toFixed(2)} smoothed towards the average.`;
}
