import { createRandom } from "#core/random.ts";
import { eachCircle, fewestCases } from "#core/stats/scan-windows.ts";
import { createScanZones, type ScanZones } from "#core/stats/scan-zones.ts";

export interface ScanCases {
  /** Unique names of the places; their order breaks ties. */
  readonly places: readonly string[];
  /** Plane coordinates of the places, in metres. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** The place of each case. */
  readonly place: ArrayLike<number>;
  /** The day of each case, 1 to `days`. */
  readonly day: ArrayLike<number>;
}

export interface ScanOptions {
  readonly days: number;
  /** Metres. */
  readonly maxRadius: number;
  readonly maxDays: number;
  /** Only windows that end on the last day. */
  readonly prospective: boolean;
  readonly replicates: number;
  readonly seed: number;
}

/** The most likely cluster; `p` is null without replicates. */
export interface Cluster {
  readonly llr: number;
  readonly centre: string;
  readonly members: readonly string[];
  readonly firstDay: number;
  readonly lastDay: number;
  readonly observed: number;
  readonly expected: number;
  /** Metres from the centre to the farthest member. */
  readonly radius: number;
  readonly p: number | null;
}

/** Rounding must not decide a tie between a replicate and the data. */
const tieTolerance = 1e-9;

/**
 * Space-time permutation scan statistic (Kulldorff et al. 2005, PLoS Medicine 2:e59): circles around
 * the places with at most half of the cases, by windows of days; expected is C_zone C_window / N, and
 * LLR = c ln(c/mu) + (N-c) ln((N-c)/(N-mu)) where c > mu and c >= 2. p is the rank among replicates in
 * which the days are shuffled over the cases. Null where no zone has more than expected.
 */
export function spaceTimeScan(cases: ScanCases, options: ScanOptions): Cluster | null {
  const zones = createScanZones(cases, options.maxRadius);
  const day = Uint16Array.from({ length: cases.day.length }, (_, at) => cases.day[at] as number);
  const best = mostLikely(zones, day, options);
  if (best === null) return null;
  const { place: centre, size, firstDay, lastDay, observed, expected, llr } = best;
  const members = zones.membersOf(centre, size);
  return {
    llr,
    centre: cases.places[centre] as string,
    members: members.map((place) => cases.places[place] as string),
    firstDay,
    lastDay,
    observed,
    expected,
    radius: zones.radiusOf(centre, size),
    p: options.replicates === 0 ? null : rankOf(zones, day, options, llr),
  };
}

interface Candidate
  extends Pick<Cluster, "firstDay" | "lastDay" | "observed" | "expected" | "llr"> {
  readonly place: number;
  readonly size: number;
}

function mostLikely(zones: ScanZones, day: Uint16Array, options: ScanOptions): Candidate | null {
  let best: Candidate | null = null;
  const total = day.length;
  const inWindow = createWindowCounts(day, options.days);
  eachCircle(zones, day, options, (circle, firstDay, lastDay, observed) => {
    if (observed < fewestCases) return false;
    const expected = (circle.cases * inWindow(firstDay, lastDay)) / total;
    if (observed <= expected) return false;
    const llr = logLikelihoodRatio(observed, expected, total);
    if (best !== null && llr <= best.llr * (1 + tieTolerance)) return false;
    const { place, size } = circle;
    best = { place, size, firstDay, lastDay, observed, expected, llr };
    return false;
  });
  return best;
}

/** Share of replicates, the data included, at least as extreme. */
function rankOf(zones: ScanZones, day: Uint16Array, options: ScanOptions, llr: number): number {
  const total = day.length;
  const limits = expectedLimits(total, llr);
  // Every replicate permutes the same days: equally many cases in every window.
  const inWindow = createWindowCounts(day, options.days);
  const random = createRandom(options.seed);
  const shuffled = [...day];
  const days = new Uint16Array(total);
  let atLeast = 0;
  for (let replicate = 0; replicate < options.replicates; replicate += 1) {
    days.set(random.shuffle(shuffled));
    const isExtreme = eachCircle(
      zones,
      days,
      options,
      (circle, firstDay, lastDay, observed) =>
        circle.cases * inWindow(firstDay, lastDay) <= (limits[observed] as number) * total,
    );
    if (isExtreme) atLeast += 1;
  }
  return (atLeast + 1) / (options.replicates + 1);
}

/**
 * For each number of cases the largest expected count at which LLR reaches `llr`: LLR falls as it
 * grows, so replicates need no logarithm. -1 where unreachable.
 */
function expectedLimits(total: number, llr: number): Float64Array {
  const goal = llr * (1 - tieTolerance);
  return Float64Array.from({ length: total + 1 }, (_, observed) => {
    if (observed < fewestCases) return -1;
    let low = 0;
    let high = observed;
    for (let step = 0; step < 60; step += 1) {
      const middle = (low + high) / 2;
      if (logLikelihoodRatio(observed, middle, total) >= goal) low = middle;
      else high = middle;
    }
    return low === 0 ? -1 : low;
  });
}

function logLikelihoodRatio(observed: number, expected: number, total: number): number {
  const rest = total - observed;
  const outside = rest === 0 ? 0 : rest * Math.log(rest / (total - expected));
  return observed * Math.log(observed / expected) + outside;
}

function createWindowCounts(
  day: Uint16Array,
  days: number,
): (firstDay: number, lastDay: number) => number {
  const upTo = new Uint32Array(days + 1);
  for (const when of day) upTo[when] = (upTo[when] as number) + 1;
  for (let at = 1; at <= days; at += 1) {
    upTo[at] = (upTo[at] as number) + (upTo[at - 1] as number);
  }
  return (firstDay, lastDay) => (upTo[lastDay] as number) - (upTo[firstDay - 1] as number);
}
