import type { Highs } from "highs";
import { addGreedily } from "#core/patrol/greedy.ts";
import { packingValue } from "#core/patrol/packing.ts";
import type { PreparedPlan } from "#core/patrol/plan.ts";
import { gapOf, type Part, pricedValues, repaired, splitPacking } from "#core/patrol/split.ts";
import {
  type SolvedPacking,
  type SolveHooks,
  type SolveLimits,
  solvePacking,
  solveRelaxation,
} from "#server/plan/highs.ts";

/** Each night is closed further than the whole must be, so that the sum is within the whole's gap. */
const partGapShare = 0.25;
/** Out of time, each part still gets a look at its start. */
const leastSeconds = 0.05;

/**
 * First the relaxation, whose bound lies close above the best plan and whose prices say what a visit
 * costs where weekly caps bind. With these prices every stretch of duty is solved by itself (Lagrangian
 * relaxation, Geoffrion 1974); only where the joined plan is not proven close enough is the whole model
 * solved, from that start.
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
  const left = () => Math.max(leastSeconds, limits.seconds - seconds());
  const { packing } = prepared;
  let chosen: readonly number[] = prepared.greedy;
  if (packing.values.length === 0) return solvePacking(highs, packing, [], limits, hooks);
  const relaxed = solveRelaxation(highs, packing, left(), hooks.isCancelled);
  const bound = relaxed?.bound ?? packing.values.reduce((all, value) => all + value, 0);
  const tell = () =>
    hooks.progress({
      seconds: seconds(),
      objective: packingValue(packing, chosen),
      bound: relaxed ? bound : null,
    });
  tell();

  const joined: number[] = [];
  for (const { part, start } of pricedParts(prepared, relaxed?.prices ?? [])) {
    const { gap } = limits;
    const solved = solvePacking(
      highs,
      part.packing,
      start,
      { gap: gap * partGapShare, seconds: left() },
      {
        isCancelled: hooks.isCancelled,
        progress: tell,
      },
    );
    joined.push(...worthwhile(part, solved.chosen));
    const nights = new Set(part.options);
    chosen = better(prepared, chosen, [
      ...chosen.filter((option) => !nights.has(option)),
      ...joined,
    ]);
    tell();
  }
  chosen = better(prepared, chosen, joined);
  const objective = packingValue(packing, chosen);
  if (gapOf(objective, bound) <= limits.gap || seconds() >= limits.seconds || hooks.isCancelled()) {
    return {
      chosen,
      objective,
      bound: Math.max(bound, objective),
      stopped: stop(objective, bound, limits),
    };
  }
  const whole = solvePacking(
    highs,
    packing,
    chosen,
    { gap: limits.gap, seconds: left() },
    {
      isCancelled: hooks.isCancelled,
      progress: (step) => hooks.progress({ ...step, seconds: seconds() }),
    },
  );
  const proven = Math.max(whole.objective, Math.min(whole.bound, bound));
  return { ...whole, bound: proven };
}

interface PricedPart {
  readonly part: Part;
  /** The greedy plan's options in it. */
  readonly start: readonly number[];
}

function pricedParts(prepared: PreparedPlan, prices: ArrayLike<number>): PricedPart[] {
  const { packing, options, greedy } = prepared;
  const { parts, joint } = splitPacking(packing, (option) => options[option]?.crew);
  const values = pricedValues(packing, joint, prices);
  return parts.map((part) => {
    const place = new Map(part.options.map((option, at) => [option, at] as const));
    const priced = Float64Array.from(part.options, (option) => values[option] ?? 0);
    return {
      part: { ...part, packing: { ...part.packing, values: priced } },
      start: greedy.flatMap((option) => place.get(option) ?? []),
    };
  });
}

/** An option that is worth nothing at its price is left to the filling. */
function worthwhile({ options, packing }: Part, chosen: readonly number[]): number[] {
  return chosen.flatMap((at) => ((packing.values[at] ?? 0) > 0 ? (options[at] ?? []) : []));
}

/** The other plan, mended and filled, where that is worth more. */
function better(
  { packing, minutes }: PreparedPlan,
  one: readonly number[],
  other: readonly number[],
): readonly number[] {
  const mended = addGreedily(packing, minutes, repaired(packing, [...new Set(other)]));
  return packingValue(packing, mended) > packingValue(packing, one) ? mended : one;
}

function stop(objective: number, bound: number, limits: SolveLimits): SolvedPacking["stopped"] {
  const gap = gapOf(objective, bound);
  if (gap <= 1e-6) return "optimal";
  return gap <= limits.gap ? "gap" : "time";
}
