import type { Highs } from "highs";
import { addGreedily } from "#core/patrol/greedy.ts";
import { packingValue } from "#core/patrol/packing.ts";
import type { PreparedPlan } from "#core/patrol/plan.ts";
import { gapOf, repaired, splitPacking } from "#core/patrol/split.ts";
import {
  type SolvedPacking,
  type SolveHooks,
  type SolveLimits,
  solvePacking,
} from "#server/plan/highs.ts";

/** Each duty is closed further than the whole must be, so that the sum is within the whole's gap. */
const partGapShare = 0.5;
/** Out of time, each part still gets a look at its start. */
const leastSeconds = 0.05;

/**
 * First every stretch of duty by itself, which is quick and bounds the whole; only if the rows that
 * join them (weekly caps) cost more than the gap allows is the whole model solved, from that start.
 */
export function solvePlan(
  highs: Highs,
  prepared: PreparedPlan,
  limits: SolveLimits,
  hooks: SolveHooks,
  clock: () => number,
): SolvedPacking {
  const began = clock();
  const seconds = () => (clock() - began) / 1000;
  const { packing, options, minutes, greedy } = prepared;
  const parts = splitPacking(packing, (option) => options[option]?.crew);
  let chosen = [...greedy];
  let bound = 0;
  let stopped: SolvedPacking["stopped"] = "optimal";
  const tell = () =>
    hooks.progress({ seconds: seconds(), objective: packingValue(packing, chosen), bound: null });

  for (const part of parts) {
    const place = new Map(part.options.map((option, at) => [option, at] as const));
    const start = chosen.flatMap((option) => place.get(option) ?? []);
    const solved = solvePacking(
      highs,
      part.packing,
      start,
      {
        gap: limits.gap * partGapShare,
        seconds: Math.max(leastSeconds, limits.seconds - seconds()),
      },
      { isCancelled: hooks.isCancelled, progress: tell },
    );
    bound += solved.bound;
    const others = chosen.filter((option) => !place.has(option));
    const own = solved.chosen.flatMap((at) => part.options[at] ?? []);
    chosen = better(prepared, chosen, repaired(packing, [...others, ...own]));
    stopped = worse(stopped, solved.stopped);
    tell();
  }
  chosen = addGreedily(packing, minutes, chosen);
  const objective = packingValue(packing, chosen);
  const gap = gapOf(objective, bound);
  if (gap <= limits.gap || stopped === "time" || parts.length === 1) {
    return { chosen, objective, bound: Math.max(bound, objective), stopped: ended(stopped, gap) };
  }
  const whole = solvePacking(
    highs,
    packing,
    chosen,
    { gap: limits.gap, seconds: Math.max(leastSeconds, limits.seconds - seconds()) },
    {
      isCancelled: hooks.isCancelled,
      progress: (step) => hooks.progress({ ...step, seconds: seconds() }),
    },
  );
  return { ...whole, bound: Math.max(whole.objective, Math.min(whole.bound, bound)) };
}

function better(prepared: PreparedPlan, a: number[], b: number[]): number[] {
  return packingValue(prepared.packing, b) > packingValue(prepared.packing, a) ? b : a;
}

const order = ["optimal", "gap", "time"] as const;

function worse(a: SolvedPacking["stopped"], b: SolvedPacking["stopped"]): SolvedPacking["stopped"] {
  return order[Math.max(order.indexOf(a), order.indexOf(b))] ?? "time";
}

function ended(stopped: SolvedPacking["stopped"], gap: number): SolvedPacking["stopped"] {
  return stopped === "optimal" && gap > 1e-6 ? "gap" : stopped;
}
