import type { Highs } from "highs";
import type { SearchedPlan } from "#core/patrols/plan/plan.ts";
import { addGreedily } from "#core/patrols/solve/greedy.ts";
import { packingValue, type Row } from "#core/patrols/solve/packing.ts";
import { rerouted } from "#core/patrols/solve/reroute.ts";
import { gapOf, repaired } from "#core/patrols/solve/split.ts";
import { createRandom } from "#core/random.ts";
import {
  type SolvedPacking,
  type SolveLimits,
  solvePacking,
  type TellProgress,
} from "#server/patrols/solver/highs.ts";
import { tightRelaxation } from "#server/patrols/solver/tight-relaxation.ts";

/** Out of time, a step still gets so long. */
const leastSeconds = 0.05;
/** Share of the time for the relaxation. */
const relaxationShare = 0.65;
/** Replanning rounds per window. */
const roundsPerWindow = 800;
const leastWindows = 10;
/** More options than this are too many for branch and bound. */
const mostToBranch = 2_500;
/** Share of the time that replanning leaves to it. */
const branchShare = 0.1;

/**
 * First the tightened relaxation of the whole: it bounds the plan, and its prices give each
 * option's opportunity cost. Guided by these, hours of units are replanned repeatedly until the
 * plan is close enough. If it is not, and the plan not too large, branch and bound goes on from it.
 */
export function solvePlan(
  highs: Highs,
  prepared: SearchedPlan,
  limits: SolveLimits,
  tell: TellProgress,
  clock: () => number,
): SolvedPacking {
  const { packing } = prepared;
  if (packing.values.length === 0) return solvePacking(highs, packing, [], limits);
  const search = openSearch(highs, prepared, limits, tell, clock);
  const reduced = relaxed(search);
  planAnew(search, reduced);
  if (isSmall(prepared)) branch(search);
  const objective = packingValue(packing, search.chosen);
  const bound = Math.max(search.bound, objective);
  return { chosen: search.chosen, objective, bound, stopped: stop(objective, bound, search) };
}

const isSmall = ({ packing }: SearchedPlan) => packing.values.length <= mostToBranch;

interface Search {
  readonly highs: Highs;
  readonly prepared: SearchedPlan;
  readonly limits: SolveLimits;
  /** Clashes between units that are rows by now. */
  readonly found: Row[];
  /** Seconds. */
  readonly left: () => number;
  readonly isEnough: () => boolean;
  readonly isOver: () => boolean;
  readonly tell: () => void;
  chosen: readonly number[];
  bound: number;
  /** A step ran out of its time before the plan was close enough: on another day the answer may be another one. */
  isHurried: boolean;
  /** Hours were planned again less often than the plan asks for, as there was no time for more. */
  isCooledByClock: boolean;
}

function openSearch(
  highs: Highs,
  prepared: SearchedPlan,
  limits: SolveLimits,
  tell: TellProgress,
  clock: () => number,
): Search {
  const { packing } = prepared;
  const began = clock();
  const seconds = () => (clock() - began) / 1000;
  const search: Search = {
    highs,
    prepared,
    limits,
    found: [],
    left: () => Math.max(leastSeconds, limits.seconds - seconds()),
    isEnough: () => gapOf(packingValue(packing, search.chosen), search.bound) <= limits.gap,
    isOver: () => seconds() >= limits.seconds,
    tell: () => {
      const objective = packingValue(packing, search.chosen);
      tell({ seconds: seconds(), objective, bound: search.bound });
    },
    chosen: prepared.greedy,
    bound: packing.values.reduce((all, value) => all + value, 0),
    isHurried: false,
    isCooledByClock: false,
  };
  return search;
}

function isHurriedBy(search: Search): boolean {
  const isOver = search.isOver();
  if (isOver) search.isHurried = true;
  return isOver;
}

/** Bounds the plan; the reduced cost of each option. */
function relaxed(search: Search): ArrayLike<number> {
  const { highs, prepared, limits, left } = search;
  const { packing, options, crewPlan } = prepared;
  const until = (1 - relaxationShare) * limits.seconds;
  const tight = tightRelaxation(highs, {
    packing,
    crewPlan,
    groupOf: (option) => options[option]?.candidate.shift.date,
    seconds: () => Math.max(leastSeconds, left() - until),
    isEnough: search.isEnough,
    isOver: () => left() <= until || search.isOver(),
    tell: (bound) => {
      search.bound = Math.min(search.bound, bound);
      search.tell();
    },
  });
  if (!tight?.isWhole) search.isHurried = true;
  search.found.push(...(tight?.clashes ?? []));
  return tight?.reduced ?? new Float64Array(packing.values.length);
}

function planAnew(search: Search, reduced: ArrayLike<number>): void {
  const { prepared, limits, left } = search;
  const { packing, options, travel, greedy, seed } = prepared;
  const rounds = roundsPerWindow * Math.max(leastWindows, greedy.length);
  const leftAtFirst = left();
  const timeForRounds = leftAtFirst - (isSmall(prepared) ? branchShare * limits.seconds : 0);
  const again = rerouted({
    packing,
    options,
    travel,
    reduced,
    start: greedy,
    rounds,
    random: createRandom(seed),
    roundsInTime: (done) => {
      const spent = leftAtFirst - left();
      const inTime = done + (done * Math.max(0, timeForRounds - spent)) / spent;
      if (inTime < rounds) search.isCooledByClock = true;
      return inTime;
    },
    isEnough: (value) => gapOf(value, search.bound) <= limits.gap,
    isOver: () => isHurriedBy(search),
  });
  search.chosen = better(prepared, search.chosen, again);
  search.tell();
}

/** Again with each clash between units that its plan has, as not all of them are rows. */
function branch(search: Search): void {
  const { highs, prepared, limits, found } = search;
  const { packing, crewPlan } = prepared;
  while (!search.isEnough() && !isHurriedBy(search)) {
    const whole = { ...packing, rows: [...packing.rows, ...found] };
    const within = { gap: limits.gap, seconds: search.left() };
    const solved = solvePacking(highs, whole, search.chosen, within);
    if (solved.stopped === "time") search.isHurried = true;
    search.bound = Math.min(search.bound, solved.bound);
    search.chosen = better(prepared, search.chosen, solved.chosen);
    search.tell();
    const clash = crewPlan.clash(solved.chosen);
    if (clash === null) return;
    found.push(clash);
  }
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
