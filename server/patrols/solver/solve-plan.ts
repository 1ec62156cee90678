import type { Highs } from "highs";
import type { SearchedPlan } from "#core/patrols/plan/plan.ts";
import { createCrewPlan } from "#core/patrols/solve/crew-plan.ts";
import { addGreedily } from "#core/patrols/solve/greedy.ts";
import { mostOf, type Packing, packingValue, type Row } from "#core/patrols/solve/packing.ts";
import { rerouted } from "#core/patrols/solve/reroute.ts";
import {
  gapOf,
  jointBound,
  type Part,
  pricedValues,
  repaired,
  type SplitPacking,
  splitPacking,
  withRows,
} from "#core/patrols/solve/split.ts";
import { createRandom, type Random } from "#core/random.ts";
import {
  type SolvedPacking,
  type SolveHooks,
  type SolveLimits,
  solvePacking,
} from "#server/patrols/solver/highs.ts";
import { branchPart, type LazyRows, solvePart } from "#server/patrols/solver/solve-part.ts";
import { tightRelaxation } from "#server/patrols/solver/tight-relaxation.ts";

/** Days are solved to a tighter gap, so that their sum meets the whole's. */
const partGapShare = 0.3;
/** Out of time, each part still gets a look at its start. */
const leastSeconds = 0.05;
/** Replanning rounds per window. */
const roundsPerWindow = 800;
const leastWindows = 10;
/** Share of the time reserved for days, in small plans. */
const daysShare = 0.1;
/** Share of the remaining time for the relaxation. */
const relaxationShare = 0.65;
/** More options than this are too many to solve day by day in time. */
const mostForDays = 2_500;

/**
 * First the tightened relaxation of the whole: it bounds the plan, and its prices give each
 * option's opportunity cost. Guided by these, hours of units are replanned repeatedly until the
 * plan is close enough. If it is not, and the plan not too large, each day is solved separately at
 * these prices (Lagrangian relaxation, Geoffrion 1974): each day takes its windows within what the
 * previous ones left, and the days that lose most are solved further.
 */
export function solvePlan(
  highs: Highs,
  prepared: SearchedPlan,
  limits: SolveLimits,
  hooks: SolveHooks,
  clock: () => number,
): SolvedPacking {
  const { packing } = prepared;
  if (packing.values.length === 0) return solvePacking(highs, packing, [], limits, hooks);
  const search = openSearch(highs, prepared, limits, hooks, clock);
  const random = createRandom(prepared.seed);
  const prices = relaxed(search);
  planAnew(search, random);
  const isSmall = packing.values.length <= mostForDays;
  if (isSmall && search.goesOn()) dayByDay(search, prices);
  const objective = packingValue(packing, search.chosen);
  const bound = Math.max(search.bound, objective);
  return { chosen: search.chosen, objective, bound, stopped: stop(objective, bound, search) };
}

function dayByDay(search: Search, prices: ArrayLike<number>): void {
  const { prepared, split } = search;
  const parts = pricedParts(prepared, split, prices, search.found);
  const bounds = takeDayByDay(search, parts);
  const rebound = () => {
    const joint = jointBound(prepared.packing, split.joint, prices, bounds);
    search.bound = Math.min(search.bound, joint);
  };
  rebound();
  for (const at of mostLost(parts, bounds, search.chosen)) {
    if (!search.goesOn()) break;
    const { part } = parts[at] as PricedPart;
    bounds[at] = Math.min(bounds[at] ?? Number.POSITIVE_INFINITY, branchDay(search, part));
    rebound();
    search.tell();
  }
}

interface Search {
  readonly highs: Highs;
  readonly prepared: SearchedPlan;
  readonly limits: SolveLimits;
  readonly split: SplitPacking;
  readonly found: Row[];
  readonly left: () => number;
  readonly isOver: () => boolean;
  readonly isEnough: () => boolean;
  /** Neither close enough nor out of time. */
  readonly goesOn: () => boolean;
  readonly tell: () => void;
  readonly hooks: SolveHooks;
  chosen: readonly number[];
  bound: number;
  /** Reduced costs of the relaxation. */
  reduced: ArrayLike<number>;
  /** A step ran out of its time before the plan was close enough: on another day the answer may be another one. */
  isHurried: boolean;
  /** Hours were planned again less often than the plan asks for, as there was no time for more. */
  isCooledByClock: boolean;
}

function openSearch(
  highs: Highs,
  prepared: SearchedPlan,
  limits: SolveLimits,
  hooks: SolveHooks,
  clock: () => number,
): Search {
  const { packing, options } = prepared;
  const began = clock();
  const seconds = () => (clock() - began) / 1000;
  const isOver = () => seconds() >= limits.seconds || hooks.isCancelled();
  const isEnough = () => gapOf(packingValue(packing, search.chosen), search.bound) <= limits.gap;
  const search: Search = {
    highs,
    prepared,
    limits,
    split: splitPacking(packing, (option) => options[option]?.candidate.shift.date),
    found: [],
    left: () => Math.max(leastSeconds, limits.seconds - seconds()),
    isOver,
    isEnough,
    goesOn: () => !isEnough() && !hurriedBy(search, isOver()),
    tell: () => {
      const objective = packingValue(packing, search.chosen);
      hooks.progress({ seconds: seconds(), objective, bound: search.bound });
    },
    hooks: { ...hooks, progress: () => search.tell() },
    chosen: prepared.greedy,
    bound: packing.values.reduce((all, value) => all + value, 0),
    reduced: [],
    isHurried: false,
    isCooledByClock: false,
  };
  return search;
}

function hurriedBy(search: Search, isOver: boolean): boolean {
  if (isOver) search.isHurried = true;
  return isOver;
}

/** Shadow prices of the shared rows; bounds the plan too. */
function relaxed(search: Search): Float64Array {
  const { highs, prepared, split, found, hooks, limits, left } = search;
  const { packing, options, crewPlan } = prepared;
  const until = (1 - relaxationShare) * limits.seconds;
  const tight = tightRelaxation(highs, {
    packing,
    crewPlan,
    groupOf: (option) => options[option]?.candidate.shift.date,
    seconds: () => Math.max(leastSeconds, left() - until),
    isEnough: search.isEnough,
    isOver: () => left() <= until || search.isOver(),
    isCancelled: hooks.isCancelled,
    tell: (bound) => {
      search.bound = Math.min(search.bound, bound);
      search.tell();
    },
  });
  if (!tight?.isWhole) search.isHurried = true;
  found.push(...(tight?.clashes ?? []));
  search.reduced = tight?.reduced ?? new Float64Array(packing.values.length);
  const joint = new Set(split.joint);
  return Float64Array.from(packing.rows, (_, row) =>
    joint.has(row) ? (tight?.prices[row] ?? 0) : 0,
  );
}

function planAnew(search: Search, random: Random): void {
  const { prepared, reduced, limits, left } = search;
  const { packing, options, travel, greedy } = prepared;
  const rounds = roundsPerWindow * Math.max(leastWindows, greedy.length);
  // A small plan continues day by day, and reserves time for it.
  const isSmall = packing.values.length <= mostForDays;
  const leftAtFirst = left();
  const timeForRounds = leftAtFirst - (isSmall ? daysShare * limits.seconds : 0);
  const again = rerouted({
    packing,
    options,
    travel,
    reduced,
    start: greedy,
    random,
    rounds,
    roundsInTime: (done) => {
      const spent = leftAtFirst - left();
      const inTime = done + (done * Math.max(0, timeForRounds - spent)) / spent;
      if (inTime < rounds) search.isCooledByClock = true;
      return inTime;
    },
    isEnough: (value) => gapOf(value, search.bound) <= limits.gap,
    isOver: () => hurriedBy(search, search.isOver()),
  });
  search.chosen = better(prepared, search.chosen, again);
  search.tell();
}

/** Each day within what the days before left; what each could be worth at its prices. */
function takeDayByDay(search: Search, parts: readonly PricedPart[]): number[] {
  const { highs, prepared, split, found, hooks, left } = search;
  const room = createRoom(prepared.packing, split.joint);
  const bounds: number[] = [];
  let joined: readonly number[] = [];
  for (const [at, { part, start }] of parts.entries()) {
    const lazy = lazyRows(prepared, part, found);
    const given = { start: room.fitting(part, start), left: room.rowsFor(part), lazy };
    const seconds = Math.max(leastSeconds, (2 * left()) / (parts.length - at));
    const solved = solvePart(highs, part.packing, given, { seconds }, hooks);
    if (!solved.isWhole) search.isHurried = true;
    bounds.push(solved.bound);
    const own = worthwhile(part, solved.chosen);
    room.take(own);
    joined = [...joined, ...own];
    const done = new Set(parts.slice(0, at + 1).flatMap((one) => one.part.options));
    const rest = prepared.greedy.filter((option) => !done.has(option));
    search.chosen = better(prepared, search.chosen, [...joined, ...rest]);
    search.tell();
  }
  return bounds;
}

/** A tighter bound for one day, and the day's value among the others. */
function branchDay(search: Search, part: Part): number {
  const { highs, prepared, limits, found, hooks, left, chosen } = search;
  const solved = branchPart(
    highs,
    part.packing,
    { start: ownOf(part, chosen), lazy: lazyRows(prepared, part, found) },
    { gap: limits.gap * partGapShare, seconds: left() / 3 },
    hooks,
  );
  if (!solved.isWhole) search.isHurried = true;
  const own = new Set(part.options);
  const others = chosen.filter((option) => !own.has(option));
  search.chosen = better(prepared, chosen, [...others, ...worthwhile(part, solved.chosen)]);
  return solved.bound;
}

/** Largest gap to its bound first. */
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

function ownOf(part: Part, chosen: readonly number[]): number[] {
  const place = new Map(part.options.map((option, at) => [option, at] as const));
  return chosen.flatMap((option) => place.get(option) ?? []);
}

/** Remaining capacity of the shared rows. */
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
    fitting: (part: Part, start: readonly number[]) =>
      repaired({ values: part.packing.values, rows: rowsFor(part) }, start),
  };
}

interface PricedPart {
  readonly part: Part;
  readonly start: readonly number[];
}

function pricedParts(
  { packing, greedy }: SearchedPlan,
  split: SplitPacking,
  prices: ArrayLike<number>,
  found: readonly Row[],
): PricedPart[] {
  const values = pricedValues(packing, split.joint, prices);
  return withRows(split, found).map((part) => {
    const priced = Float64Array.from(part.options, (option) => values[option] ?? 0);
    return {
      part: { ...part, packing: { ...part.packing, values: priced } },
      start: ownOf(part, greedy),
    };
  });
}

function lazyRows({ options, travel }: SearchedPlan, part: Part, found: Row[]): LazyRows {
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

function worthwhile({ options, packing }: Part, chosen: readonly number[]): number[] {
  return chosen.flatMap((at) => ((packing.values[at] ?? 0) > 0 ? (options[at] ?? []) : []));
}

function better(
  { packing, minutes, crewPlan }: SearchedPlan,
  one: readonly number[],
  other: readonly number[],
): readonly number[] {
  const possible = crewPlan.possible(repaired(packing, [...new Set(other)]));
  const mended = addGreedily(packing, minutes, possible, crewPlan.admission(possible));
  return packingValue(packing, mended) > packingValue(packing, one) ? mended : one;
}

/** Using up the rounds is deterministic, so the plan is reproducible. */
function stop(objective: number, bound: number, search: Search): SolvedPacking["stopped"] {
  const { isHurried, isCooledByClock, limits } = search;
  const gap = gapOf(objective, bound);
  if (isHurried || (isCooledByClock && gap > limits.gap)) return "time";
  return gap <= 1e-6 ? "optimal" : "gap";
}
