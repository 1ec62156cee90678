import type { PlanOption } from "#core/patrols/candidates/option.ts";
import { bestWay, type LaneOptions, laneOptions } from "#core/patrols/solve/lane.ts";
import { createLedger, type Ledger } from "#core/patrols/solve/ledger.ts";
import type { Packing } from "#core/patrols/solve/packing.ts";
import { fewestUnits } from "#core/patrols/solve/roster.ts";
import type { Travel } from "#core/patrols/walk/travel.ts";
import type { Random } from "#core/random.ts";
import { hourMs } from "#core/time/zone.ts";

export interface RerouteGiven {
  readonly packing: Packing;
  readonly options: readonly PlanOption[];
  readonly travel: Travel;
  /** Reduced value of each option at the relaxation's prices: seldom above 0. */
  readonly reduced: ArrayLike<number>;
  /** Feasible: keeps every row and crew. */
  readonly start: readonly number[];
  readonly random: Random;
  readonly rounds: number;
  /** Estimated rounds in all, once so many are done: with fewer it cools faster. */
  readonly roundsInTime: (done: number) => number;
  /** Ends the search when true. */
  readonly isEnough: (value: number) => boolean;
  readonly isOver: () => boolean;
}

/** Hours of a unit replanned at once. */
const hours = { least: 2, most: 8 };
/** Starting temperature: accepts worse plans at first (Kirkpatrick et al. 1983). */
const warmth = 0.15;
/**
 * Options losing more than this share of a usual window at the relaxation's prices are skipped, but so
 * many are always tried: where the bound is far off, its prices say little.
 */
const farthestOff = 0.04;
const fewestTried = 3_000;
/** Units replanned at once, one after the other. */
const mostLanes = 3;
/** Largest random perturbation of values. */
const mostNoise = 1;
const leastWorth = 1e-9;

interface Lane {
  readonly of: LaneOptions;
  /** Places in `of.options`, by start. */
  path: number[];
}

/**
 * Takes some hours of one or more units out of a plan and gives each in turn the best route through
 * what the others leave: a longest path over compatible windows, by dynamic programming.
 * Deterministic in the seed, unless time cuts the rounds short.
 */
export function rerouted(given: RerouteGiven): number[] {
  const { packing, options, random, start } = given;
  const typical = mean(start.map((option) => packing.values[option] ?? 0));
  const worthTrying = promising(given.reduced, packing.values.length, farthestOff * typical);
  const all = [...new Set([...worthTrying, ...start])];
  const ledger = createLedger(packing, rowsThatMatter(packing, options));
  const lanes = laneOptions(options, all, given.travel).flatMap((of) => lanesOf(of, start));
  for (const option of start) ledger.take(option);
  if (lanes.length === 0) return [...start];
  const planned = () =>
    lanes.flatMap(({ of, path }) => path.map((place) => of.options[place] ?? -1));
  const moments = lanes.flatMap(({ of: { starts } }) => [starts[0] ?? 0, starts.at(-1) ?? 0]);
  const [first, last] = [Math.min(...moments), Math.max(...moments)];
  let best = ledger.value();
  let kept = planned();
  let { rounds } = given;
  const lookEvery = Math.ceil(rounds / looksAtTime);
  for (let round = 0; round < rounds && !given.isEnough(best) && !given.isOver(); round += 1) {
    if (round > 0 && round % lookEvery === 0) {
      rounds = Math.min(given.rounds, given.roundsInTime(round));
    }
    const length = hours.least + random.integer(2 * (hours.most - hours.least) + 1) / 2;
    const from = first + random.next() * (last - first + length * hourMs) - length * hourMs;
    const to = from + length * hourMs;
    const near = random.shuffle(
      lanes.filter(({ of: { starts } }) => (starts[0] ?? 0) < to && (starts.at(-1) ?? 0) >= from),
    );
    const chosen = near.slice(0, 1 + random.integer(Math.min(mostLanes, near.length)));
    const worth = ledger.value();
    const stretch = { from, to, noise: mostNoise * random.next(), trust: random.next() };
    const takeBack = planStretch(chosen, ledger, stretch, given);
    const heat = warmth * typical * (1 - round / rounds);
    if (ledger.value() < worth + heat * Math.log(random.next() + 1e-12)) takeBack();
    else if (ledger.value() > best + 1e-9) {
      best = ledger.value();
      kept = planned();
    }
  }
  return kept.sort((a, b) => a - b);
}

/** In the order of what they lose. */
function promising(reduced: ArrayLike<number>, count: number, little: number): number[] {
  const lost = (option: number) => Math.max(0, -(reduced[option] ?? 0));
  const ordered = Array.from({ length: count }, (_, option) => option).sort(
    (a, b) => lost(a) - lost(b) || a - b,
  );
  return ordered.filter((option, at) => at < fewestTried || lost(option) <= little);
}

const looksAtTime = 20;

/** Rows over several places: those about units are kept by the lanes. */
function rowsThatMatter({ rows }: Packing, options: readonly PlanOption[]) {
  const zoneOf = (option: number | undefined) => options[option ?? -1]?.candidate.zone;
  const matters = rows.map(({ members, steps }) => {
    const zone = zoneOf(members[0]);
    return steps !== undefined || members.every((member) => zoneOf(member) === zone);
  });
  return (row: number) => matters[row] ?? true;
}

function lanesOf(of: LaneOptions, start: readonly number[]): Lane[] {
  const isChosen = new Set(start);
  const own = [...of.options.keys()].filter((place) => isChosen.has(of.options[place] ?? -1));
  const { before } = fewestUnits({
    count: own.length,
    mayFollow: (a, b) => of.mayFollow(own[a] ?? -1, own[b] ?? -1),
  });
  const lanes: Lane[] = [];
  const laneOf: Lane[] = [];
  own.forEach((place, at) => {
    const lane = laneOf[before[at] ?? -1] ?? { of, path: [] };
    if (lane.path.length === 0) lanes.push(lane);
    lane.path.push(place);
    laneOf[at] = lane;
  });
  while (lanes.length < of.crew.units.length) lanes.push({ of, path: [] });
  return lanes;
}

function cleared(lane: Lane, ledger: Ledger, from: number, to: number): void {
  const kept: number[] = [];
  for (const place of lane.path) {
    const start = lane.of.starts[place] ?? 0;
    if (start < from || start >= to) kept.push(place);
    else ledger.drop(lane.of.options[place] ?? -1);
  }
  lane.path = kept;
}

/** Replans these hours of the lanes; returns an undo. */
function planStretch(
  lanes: readonly Lane[],
  ledger: Ledger,
  stretch: Stretch,
  given: Pick<RerouteGiven, "random" | "reduced">,
): () => void {
  const { from, to } = stretch;
  const before = lanes.map(({ path }) => path);
  for (const lane of lanes) cleared(lane, ledger, from, to);
  for (const lane of lanes) plannedAnew(lane, ledger, stretch, given);
  return () => {
    for (const lane of lanes) cleared(lane, ledger, from, to);
    for (const [at, lane] of lanes.entries()) restored(lane, ledger, before[at] ?? []);
  };
}

function restored(lane: Lane, ledger: Ledger, before: number[]): void {
  const here = new Set(lane.path);
  for (const place of before) if (!here.has(place)) ledger.take(lane.of.options[place] ?? -1);
  lane.path = before;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly noise: number;
  /** Weight of the relaxation's prices. */
  readonly trust: number;
}

function plannedAnew(
  lane: Lane,
  ledger: Ledger,
  stretch: Stretch,
  given: Pick<RerouteGiven, "random" | "reduced">,
): void {
  const { of, path } = lane;
  const [first, end] = of.between(stretch.from, stretch.to);
  const at = path.filter((place) => place < first).length;
  const [before, after] = [path[at - 1], path[at]];
  const fits = (place: number) =>
    (before === undefined || of.mayFollow(before, place)) &&
    (after === undefined || of.mayFollow(place, after));
  const worth = worthOf(lane, ledger, { first, end, fits, stretch }, given);
  const apart = {
    ask: (place: number) => ledger.ask(of.options[place] ?? -1),
    meets: (earlier: number) => ledger.meets(of.options[earlier] ?? -1),
  };
  const taken: number[] = [];
  for (const place of bestWay(of, [first, end], worth, apart)) {
    const option = of.options[place] ?? -1;
    if (ledger.adds(option) <= 0) continue;
    ledger.take(option);
    taken.push(place);
  }
  lane.path = [...path.slice(0, at), ...taken, ...path.slice(at)];
}

/** Perturbed gain of each place of the span; 0 where the lane cannot have it. */
function worthOf(
  { of }: Lane,
  ledger: Ledger,
  given: {
    readonly first: number;
    readonly end: number;
    readonly fits: (place: number) => boolean;
    readonly stretch: Stretch;
  },
  { random, reduced }: Pick<RerouteGiven, "random" | "reduced">,
): Float64Array {
  const { first, end, fits, stretch } = given;
  const worth = new Float64Array(end - first);
  for (let place = first; place < end; place += 1) {
    if (!fits(place)) continue;
    const option = of.options[place] ?? -1;
    const adds = ledger.adds(option);
    if (adds <= 0) continue;
    const shaken = adds * (1 + stretch.noise * (random.next() - 0.5));
    const priced = stretch.trust * Math.min(0, reduced[option] ?? 0);
    worth[place - first] = Math.max(leastWorth, shaken + priced);
  }
  return worth;
}

function mean(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0) / Math.max(1, values.length);
}
