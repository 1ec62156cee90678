import {
  assessmentAlpha,
  beforeWeights,
  leastCount,
  verdictsOf,
  widenedError,
} from "#core/displacement/compare.ts";
import { addGroups, countIn, type GroupCounts } from "#core/displacement/timeline.ts";
import type { AssessmentWindows } from "#core/displacement/windows.ts";
import type { HarmRow, Verdict, Widening } from "#core/displacement/wire/displacement.ts";
import {
  type AssessmentZones,
  countInZones,
  type Selection,
  type ZoneCounts,
} from "#core/displacement/zones.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { chosenWeights, type HarmWeight } from "#core/records/harm.ts";
import { intervalAround } from "#core/stats/interval.ts";
import { twoSidedP } from "#core/stats/normal.ts";
import { harmWeightedDifference, type PrePost } from "#core/stats/wdd.ts";

export interface HarmRows {
  readonly weights: readonly HarmWeight[];
  readonly rows: readonly HarmRow[];
}

export interface HarmPlace extends Widening {
  readonly name: string;
  readonly neighbour: string | null;
}

/** The assessment's rows in typed harm weights: areas judged one by one, edges together. */
export function harmRows(
  weights: readonly HarmWeight[],
  given: {
    readonly events: EventColumns;
    readonly zones: AssessmentZones;
    readonly windows: AssessmentWindows;
    readonly timeline: ZoneCounts["timeline"];
    /** Overall, treated area, rings, then the edges. */
    readonly places: readonly HarmPlace[];
  },
): HarmRows {
  const { events, zones, windows, timeline, places } = given;
  const counted = harmSelections(weights).map((selection) =>
    countInZones(events, zones, timeline, { cellsWithin: windows.before, selection }),
  );
  const pair = (group: GroupCounts): PrePost => [
    countIn(group, timeline, windows.before),
    countIn(group, timeline, windows.after),
  ];
  const figures = places.map((widening, place) =>
    harmFigure(
      weights,
      counted.map((counts) => {
        return { treated: pair(groupAt(counts, place)), control: pair(counts.control) };
      }),
      widening,
    ),
  );
  // Rises and falls of harm; rows asked about together are judged together.
  const alone = figures.slice(0, areas).flatMap((figure) => verdictsOf([figure]));
  const verdicts = [...alone, ...verdictsOf(figures.slice(areas))];
  return {
    weights,
    rows: figures.map((figure, place) => {
      const { name, neighbour } = places[place] as HarmPlace;
      const verdict = verdicts[place] ?? "cannot_tell";
      return { ...figure, name, neighbour, verdict, sentence: sentenceOf(name, figure, verdict) };
    }),
  };
}

/** Overall, treated area, rings. */
const areas = 3;

function groupAt(counts: ZoneCounts, place: number): GroupCounts {
  if (place === 0) return addGroups(counts.treated, counts.rings);
  if (place === 1) return counts.treated;
  if (place === 2) return counts.rings;
  const edge = counts.edges[place - areas];
  if (!edge) throw new RangeError(`There is no boundary ${place - areas}`);
  return addGroups(edge.inner, edge.outer);
}

const endings: Readonly<Record<Exclude<Verdict, "cannot_tell">, string>> = {
  rise: "more harm",
  fall: "less harm",
  no_clear_change: "no significant change",
};

function sentenceOf(name: string, { low, high, wdd, tooFew }: HarmFigure, verdict: Verdict) {
  if (verdict === "cannot_tell" || low === null || high === null || wdd === null) {
    const why =
      tooFew.length > 0
        ? ` (not enough reports of: ${tooFew.join(", ").replaceAll("_", " ")})`
        : "";
    return `${name}, by harm: not enough reports to tell${why}.`;
  }
  return `${name}, by harm: ${interval(low, high)} (best estimate ${amount(wdd)}): ${endings[verdict]}.`;
}

/** In units of the weights: "between 12 and 30 more than expected", "between 3 less and 9 more than expected". */
function interval(low: number, high: number): string {
  const [from, to] = [Math.round(low), Math.round(high)];
  if (from >= 0) return `between ${from} and ${to} units more than expected`;
  if (to <= 0) return `between ${-to} and ${-from} units less than expected`;
  return `between ${-from} units less and ${to} units more than expected`;
}

function amount(wdd: number): string {
  const whole = Math.round(wdd);
  if (whole === 0) return "no difference";
  return whole > 0 ? `${whole} more` : `${-whole} less`;
}

function harmSelections(weights: readonly HarmWeight[]): Selection[] {
  const chosen = chosenWeights(weights);
  return weights.map((_, weight) => Uint8Array.from(chosen, (at) => (at === weight ? 1 : 0)));
}

interface HarmCounts {
  readonly treated: PrePost;
  readonly control: PrePost;
}

type HarmFigure = Pick<HarmRow, "wdd" | "se" | "low" | "high" | "p" | "tooFew">;

/**
 * Sum of weight times WDD over the kinds, each against its own scaled control (Wheeler and
 * Ratcliffe 2018). Every kind needs ten reports in each of its four counts.
 */
function harmFigure(
  weights: readonly HarmWeight[],
  counts: readonly HarmCounts[],
  widening: Widening,
): HarmFigure {
  const tooFew = weights
    .filter((_, at) => {
      const { treated, control } = counts[at] ?? none;
      return Math.min(...treated, ...control) < leastCount;
    })
    .map(({ name }) => name);
  if (tooFew.length > 0 || weights.length === 0) return { ...unknown, tooFew };
  const components = weights.map(({ weight }, at) => {
    const { treated, control } = counts[at] ?? none;
    return {
      treated,
      control,
      harm: weight,
      areaWeights: [1, control[0] / treated[0], 1, 1] as const,
      timeWeights: beforeWeights(control),
    };
  });
  const { estimate, se } = harmWeightedDifference(components, assessmentAlpha);
  const expected = components.reduce(
    (sum, { harm, areaWeights, control }) => sum + (harm * control[1]) / areaWeights[1],
    0,
  );
  const widened = widenedError(se, expected, widening);
  const { z, estimate: wdd, ...figure } = intervalAround(estimate, widened, assessmentAlpha);
  return { wdd, ...figure, p: z === null ? null : twoSidedP(z), tooFew: [] };
}

const none: HarmCounts = { treated: [0, 0], control: [0, 0] };
const unknown = { wdd: null, se: null, low: null, high: null, p: null } as const;
