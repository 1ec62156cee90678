import type { Highs } from "highs";
import { cellCentre, metresBetween } from "#core/geo/cell.ts";
import { createCrewPlan } from "#core/patrol/crew-plan.ts";
import { addGreedily } from "#core/patrol/greedy.ts";
import { improved } from "#core/patrol/improve.ts";
import type { PlanOption } from "#core/patrol/option.ts";
import { mostOf, type Packing, packingValue, type Row } from "#core/patrol/packing.ts";
import type { PreparedPlan } from "#core/patrol/plan.ts";
import {
  gapOf,
  jointBound,
  type Part,
  pricedValues,
  repaired,
  type SplitPacking,
  splitPacking,
} from "#core/patrol/split.ts";
import { createRandom, type Random } from "#core/random.ts";
import {
  type SolvedPacking,
  type SolveHooks,
  type SolveLimits,
  solvePacking,
  solveRelaxation,
} from "#server/plan/highs.ts";
import { branchPart, type LazyRows, relaxPart, solvePart } from "#server/plan/solve-part.ts";

/** Each shift is closed further than the whole must be, so that the sum is within the whole's gap. */
const partGapShare = 0.3;
/** Out of time, each part still gets a look at its start. */
const leastSeconds = 0.05;
/** How often each shift is taken apart and put together again. */
const mostSweeps = 3;
const roundsPerPart = 150;
const roundsOfWhole = 300;
/** How much of the time that is left the prices may take. */
const relaxationShare = 0.35;

/**
 * First the relaxation of the whole, whose prices say what a visit costs where caps bind that shifts share.
 * With these prices every day's shifts are looked at by themselves (Lagrangian relaxation, Geoffrion 1974), with the rows
 * about the way from place to place that its units turn out to need; with those rows the prices are set again.
 * Then each day takes its windows within what the ones before left. Where that is not close enough to the
 * bound, plans are taken apart and filled again, and the days that lose most are solved further.
 */
export function solvePlan(
  highs: Highs,
  prepared: PreparedPlan,
  limits: SolveLimits,
  hooks: SolveHooks,
  clock: () => number,
): SolvedPacking {
  const { packing } = prepared;
  if (packing.values.length === 0) return solvePacking(highs, packing, [], limits, hooks);
  const began = clock();
  const seconds = () => (clock() - began) / 1000;
  const left = () => Math.max(leastSeconds, limits.seconds - seconds());
  const split = splitPacking(packing, (option) => prepared.options[option]?.candidate.shift.date);
  const joint = new Set(split.joint);
  const found: Row[] = [];
  let chosen: readonly number[] = prepared.greedy;
  let bound = packing.values.reduce((all, value) => all + value, 0);
  const isGoodEnough = () =>
    seconds() >= limits.seconds ||
    hooks.isCancelled() ||
    gapOf(packingValue(packing, chosen), bound) <= limits.gap;
  const tell = () =>
    hooks.progress({ seconds: seconds(), objective: packingValue(packing, chosen), bound });
  const quiet: SolveHooks = { isCancelled: hooks.isCancelled, progress: tell };
  const priced = (): Float64Array => {
    const whole = { ...packing, rows: [...packing.rows, ...found] };
    const relaxed = solveRelaxation(highs, whole, left() * relaxationShare, hooks.isCancelled);
    if (relaxed) bound = Math.min(bound, relaxed.bound);
    tell();
    return Float64Array.from(packing.rows, (_, row) =>
      joint.has(row) ? (relaxed?.prices[row] ?? 0) : 0,
    );
  };

  const rough = pricedParts(prepared, split, priced(), found);
  for (const [at, { part }] of rough.entries()) {
    if (hooks.isCancelled() || seconds() >= limits.seconds) break;
    const lazy = lazyRows(prepared, part, found);
    const time = { seconds: (left() * relaxationShare) / (rough.length - at) };
    relaxPart(highs, part.packing, lazy, time, quiet);
  }
  const prices = priced();
  const parts = pricedParts(prepared, split, prices, found);
  const room = createRoom(packing, split.joint);
  const bounds: number[] = [];
  let joined: readonly number[] = [];
  for (const [at, { part, start }] of parts.entries()) {
    const solved = solvePart(
      highs,
      part.packing,
      {
        start: room.fitting(part, start),
        left: room.rowsFor(part),
        lazy: lazyRows(prepared, part, found),
      },
      { seconds: Math.max(leastSeconds, (2 * left()) / (parts.length - at)) },
      quiet,
    );
    bounds.push(solved.bound);
    const own = worthwhile(part, solved.chosen);
    room.take(own);
    joined = [...joined, ...own];
    const done = new Set(parts.slice(0, at + 1).flatMap((one) => one.part.options));
    chosen = better(prepared, chosen, [
      ...joined,
      ...prepared.greedy.filter((option) => !done.has(option)),
    ]);
    tell();
  }
  const rebound = () => {
    bound = Math.min(bound, jointBound(packing, split.joint, prices, bounds));
  };
  rebound();
  const random = createRandom(prepared.seed);
  for (let sweep = 0; sweep < mostSweeps && !isGoodEnough(); sweep += 1) {
    for (const part of split.parts) {
      if (isGoodEnough()) break;
      chosen = improvedPart(prepared, { part, joint: split.joint, chosen }, random);
    }
    if (!isGoodEnough()) chosen = improvedWhole(prepared, chosen, random);
    tell();
  }
  for (const at of mostLost(parts, bounds, chosen)) {
    if (isGoodEnough()) break;
    const { part } = parts[at] as PricedPart;
    const solved = branchPart(
      highs,
      part.packing,
      { start: ownOf(part, chosen), lazy: lazyRows(prepared, part, found) },
      { gap: limits.gap * partGapShare, seconds: left() / 3 },
      quiet,
    );
    bounds[at] = Math.min(bounds[at] ?? solved.bound, solved.bound);
    rebound();
    const own = new Set(part.options);
    chosen = better(prepared, chosen, [
      ...worthwhile(part, solved.chosen),
      ...chosen.filter((option) => !own.has(option)),
    ]);
    chosen = improvedPart(prepared, { part, joint: split.joint, chosen }, random);
    tell();
  }
  const objective = packingValue(packing, chosen);
  const proven = Math.max(bound, objective);
  return { chosen, objective, bound: proven, stopped: stop(objective, proven, limits) };
}

/** Parts by how far what is chosen of them stays behind their bound, the farthest first. */
function mostLost(
  parts: readonly PricedPart[],
  bounds: readonly number[],
  chosen: readonly number[],
): number[] {
  const lost = parts.map(
    ({ part }, at) => (bounds[at] ?? 0) - packingValue(part.packing, ownOf(part, chosen)),
  );
  return [...parts.keys()].sort((a, b) => (lost[b] ?? 0) - (lost[a] ?? 0) || a - b);
}

/** What of a plan is a part's own, by the part's numbers. */
function ownOf(part: Part, chosen: readonly number[]): number[] {
  const place = new Map(part.options.map((option, at) => [option, at] as const));
  return chosen.flatMap((option) => place.get(option) ?? []);
}

/** One shift with all others as they stand: what it takes is worth what it says. */
function improvedPart(
  prepared: PreparedPlan,
  given: {
    readonly part: Part;
    readonly joint: readonly number[];
    readonly chosen: readonly number[];
  },
  random: Random,
): readonly number[] {
  const { part, joint, chosen } = given;
  const own = new Set(part.options);
  const others = chosen.filter((option) => !own.has(option));
  const room = createRoom(prepared.packing, joint);
  room.take(others);
  const values = Float64Array.from(part.options, (option) => prepared.packing.values[option] ?? 0);
  const options = part.options.flatMap((option) => prepared.options[option] ?? []);
  const crewPlan = createCrewPlan(options, values, prepared.travel);
  const again = improved({
    packing: { values, rows: [...part.packing.rows, ...room.rowsFor(part)] },
    minutes: Float64Array.from(part.options, (option) => prepared.minutes[option] ?? 1),
    start: ownOf(part, chosen),
    admission: crewPlan.admission,
    distances: distancesOf(options),
    mostRemoved: 4,
    random,
    rounds: roundsPerPart,
  });
  return better(prepared, chosen, [...others, ...again.flatMap((at) => part.options[at] ?? [])]);
}

/** By time, and by place wherever in the week. */
function distancesOf(options: readonly PlanOption[]) {
  const at = (option: number) => options[option]?.candidate;
  const centres = options.map(({ candidate }) => cellCentre(candidate.zone));
  return [
    (a: number, b: number) => Math.abs((at(a)?.start ?? 0) - (at(b)?.start ?? 0)),
    (a: number, b: number) => {
      const [from, to] = [centres[a], centres[b]];
      return from && to ? metresBetween(from, to) : 0;
    },
  ];
}

/** The whole plan at once: places that are visited all week share their caps over all its shifts. */
function improvedWhole(
  { packing, minutes, options, crewPlan }: PreparedPlan,
  start: readonly number[],
  random: Random,
): readonly number[] {
  return improved({
    packing,
    minutes,
    start,
    admission: crewPlan.admission,
    distances: distancesOf(options),
    mostRemoved: 12,
    random,
    rounds: roundsOfWhole,
  });
}

/** What is left of the rows that shifts share. */
function createRoom(packing: Packing, joint: readonly number[]) {
  const chosen = new Set<number>();
  const usedOf = (row: Row) => row.members.reduce((all, one) => all + (chosen.has(one) ? 1 : 0), 0);
  const rowsFor = (part: Part): Row[] => {
    const place = new Map(part.options.map((option, at) => [option, at] as const));
    return joint.flatMap((index) => {
      const row = packing.rows[index];
      if (!row) return [];
      const members = row.members.flatMap((option) => place.get(option) ?? []);
      const limit = Math.max(0, mostOf(row) - usedOf(row));
      return members.length > limit ? [{ limit, members }] : [];
    });
  };
  return {
    rowsFor,
    take: (options: readonly number[]) => {
      for (const option of options) chosen.add(option);
    },
    /** A start without what others took. */
    fitting: (part: Part, start: readonly number[]) =>
      repaired({ values: part.packing.values, rows: rowsFor(part) }, start),
  };
}

interface PricedPart {
  readonly part: Part;
  /** The greedy plan's options in it. */
  readonly start: readonly number[];
}

/** Each part with the rows that were found for it. */
function withFound({ parts }: SplitPacking, found: readonly Row[]): Part[] {
  return parts.map((part) => {
    const place = new Map(part.options.map((option, at) => [option, at] as const));
    const own = found.flatMap((row) => {
      const members = row.members.flatMap((option) => place.get(option) ?? []);
      return members.length === row.members.length ? [{ ...row, members }] : [];
    });
    return { ...part, packing: { ...part.packing, rows: [...part.packing.rows, ...own] } };
  });
}

function pricedParts(
  { packing, greedy }: PreparedPlan,
  split: SplitPacking,
  prices: ArrayLike<number>,
  found: readonly Row[],
): PricedPart[] {
  const values = pricedValues(packing, split.joint, prices);
  return withFound(split, found).map((part) => {
    const priced = Float64Array.from(part.options, (option) => values[option] ?? 0);
    return {
      part: { ...part, packing: { ...part.packing, values: priced } },
      start: ownOf(part, greedy),
    };
  });
}

/** What the units of a shift can do between them; each row that mattered is kept. */
function lazyRows({ options, travel }: PreparedPlan, part: Part, found: Row[]): LazyRows {
  const own = part.options.flatMap((option) => options[option] ?? []);
  const crewPlan = createCrewPlan(own, part.packing.values, travel);
  const keep = (row: Row) => {
    found.push({ ...row, members: row.members.map((at) => part.options[at] ?? -1) });
    return row;
  };
  return {
    brokenInPart: (shares) => crewPlan.clashesInPart(shares).map(keep),
    mended: crewPlan.possible,
  };
}

/** An option that is worth nothing at its price is left to the filling. */
function worthwhile({ options, packing }: Part, chosen: readonly number[]): number[] {
  return chosen.flatMap((at) => ((packing.values[at] ?? 0) > 0 ? (options[at] ?? []) : []));
}

/** The other plan, mended and filled, where that is worth more. */
function better(
  { packing, minutes, crewPlan }: PreparedPlan,
  one: readonly number[],
  other: readonly number[],
): readonly number[] {
  const possible = crewPlan.possible(repaired(packing, [...new Set(other)]));
  const mended = addGreedily(packing, minutes, possible, crewPlan.admission(possible));
  return packingValue(packing, mended) > packingValue(packing, one) ? mended : one;
}

function stop(objective: number, bound: number, limits: SolveLimits): SolvedPacking["stopped"] {
  const gap = gapOf(objective, bound);
  if (gap <= 1e-6) return "optimal";
  return gap <= limits.gap ? "gap" : "time";
}
