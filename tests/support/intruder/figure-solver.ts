import type { Highs } from "highs";
import type { Bounds } from "#tests/support/disclosure.ts";

/** Terms that add up to something between `low` and `high`. */
export interface Sum {
  readonly terms: ReadonlyMap<string, number>;
  readonly low: number;
  readonly high: number;
}

/** Unknown counts, what each may be, and sums of them that must hold at once. */
export interface Unknowns {
  readonly bounds: ReadonlyMap<string, Bounds>;
  readonly sums: readonly Sum[];
}

/**
 * The least and the most that each wanted count can be where everything holds at once, by linear programming with HiGHS;
 * null where nothing fits together. With sums of areas alone the corners are whole numbers, so that this is exact; with
 * other sums a whole number may be ruled out that is still within, which is to the intruder's loss.
 */
export function rangesOf(
  highs: Highs,
  { bounds, sums }: Unknowns,
  wanted: readonly string[],
): Map<string, Bounds> | null {
  const found = new Map<string, Bounds>();
  for (const part of linkedParts({ bounds, sums })) {
    const own = wanted.filter((name) => part.bounds.has(name));
    const ranges = part.sums.length === 0 ? alone(part, own) : solvePart(highs, part, own);
    if (ranges === null) return null;
    for (const [name, range] of ranges) found.set(name, range);
  }
  return found;
}

/** So many ways in which claims can be true together are tried; claims beyond that are let go, to the intruder's loss. */
const mostWays = 16;

/** The same where of each claim one alternative holds, and nobody can tell which. */
export function rangesOfAny(
  highs: Highs,
  { bounds, sums }: Unknowns,
  asked: { readonly claims: readonly (readonly Sum[][])[]; readonly wanted: readonly string[] },
): Map<string, Bounds> | null {
  const isPossible = (chosen: readonly Sum[]) =>
    rangesOf(highs, { bounds, sums: [...sums, ...chosen] }, []) !== null;
  // What is certain comes first: by it some alternatives fall away.
  const claims = asked.claims.toSorted((a, b) => a.length - b.length);
  let ways: Sum[][] = [[]];
  for (const claim of claims) {
    if (ways.length * claim.length > mostWays) continue;
    ways = ways
      .flatMap((chosen) => claim.map((more) => [...chosen, ...more]))
      .filter((chosen) => claim.length === 1 || isPossible(chosen));
  }
  let found: Map<string, Bounds> | null = null;
  for (const chosen of ways) {
    const ranges = rangesOf(highs, { bounds, sums: [...sums, ...chosen] }, asked.wanted);
    if (ranges === null) continue;
    found = found === null ? ranges : widened(found, ranges);
  }
  return found;
}

function widened(a: ReadonlyMap<string, Bounds>, b: ReadonlyMap<string, Bounds>) {
  return new Map(
    Array.from(a, ([name, { low, high }]) => {
      const other = b.get(name) ?? { low, high };
      return [name, { low: Math.min(low, other.low), high: Math.max(high, other.high) }] as const;
    }),
  );
}

function alone({ bounds }: Unknowns, wanted: readonly string[]): Map<string, Bounds> | null {
  if ([...bounds.values()].some(({ low, high }) => low > high)) return null;
  return new Map(wanted.map((name) => [name, bounds.get(name) ?? { low: 0, high: 0 }]));
}

function solvePart(
  highs: Highs,
  part: Unknowns,
  wanted: readonly string[],
): Map<string, Bounds> | null {
  const names = [...part.bounds.keys()];
  const columns = new Map(names.map((name, at) => [name, at]));
  const { optimal, unbounded, unboundedOrInfeasible } = highs.constants.modelStatus;
  return highs.withModel({ format: "lp", data: lpTextOf(part, columns) }, (model) => {
    model.options.set({ output_flag: false });
    model.run();
    if (model.getModelStatus() !== optimal) return null;
    const ends = (name: string, cost: 1 | -1) => {
      const column = columns.get(name) ?? 0;
      model.changeColCost(column, cost);
      model.run();
      const status = model.getModelStatus();
      const value = cost * model.getObjectiveValue();
      model.changeColCost(column, 0);
      if (status === optimal) return value;
      if (status === unbounded || status === unboundedOrInfeasible) return Number.POSITIVE_INFINITY;
      throw new Error(`HiGHS ended with model status ${status}`);
    };
    return new Map(
      wanted.map((name) => [
        name,
        { low: Math.ceil(ends(name, 1) - slack), high: Math.floor(ends(name, -1) + slack) },
      ]),
    );
  });
}

/** For what floating point leaves of a whole number. */
const slack = 1e-6;

function lpTextOf({ bounds, sums }: Unknowns, columns: ReadonlyMap<string, number>): string {
  const x = (name: string) => `x${columns.get(name) ?? ""}`;
  const terms = (sum: Sum) =>
    Array.from(
      sum.terms,
      ([name, times]) => `${times < 0 ? "-" : "+"} ${Math.abs(times)} ${x(name)}`,
    );
  const rows = sums.flatMap((sum, at) => {
    const all = terms(sum).join(" ");
    if (sum.low === sum.high) return [` s${at}: ${all} = ${sum.low}`];
    return [
      ...(Number.isFinite(sum.low) ? [` l${at}: ${all} >= ${sum.low}`] : []),
      ...(Number.isFinite(sum.high) ? [` h${at}: ${all} <= ${sum.high}`] : []),
    ];
  });
  // Every column is named once, in its order, before any row.
  const all = [...columns.keys()].map((name) => `+ 0 ${x(name)}`).join(" ");
  const limits = Array.from(
    bounds,
    ([name, { low, high }]) => ` ${low} <= ${x(name)} <= ${Number.isFinite(high) ? high : "inf"}`,
  );
  return ["Minimize", ` goal: ${all}`, "Subject To", ...rows, "Bounds", ...limits, "End", ""].join(
    "\n",
  );
}

/** Counts that no sum links are solved apart: a month by itself, as a rule. */
function linkedParts({ bounds, sums }: Unknowns): Unknowns[] {
  const head = new Map([...bounds.keys()].map((name) => [name, name]));
  const find = (name: string): string => {
    const over = head.get(name) ?? name;
    return over === name ? name : find(over);
  };
  for (const { terms } of sums) {
    const [first = "", ...others] = terms.keys();
    for (const other of others) head.set(find(other), find(first));
  }
  const parts = new Map<string, { bounds: Map<string, Bounds>; sums: Sum[] }>();
  for (const [name, own] of bounds) {
    const part = parts.get(find(name)) ?? { bounds: new Map(), sums: [] };
    part.bounds.set(name, own);
    parts.set(find(name), part);
  }
  for (const sum of sums) {
    const [first = ""] = sum.terms.keys();
    parts.get(find(first))?.sums.push(sum);
  }
  return [...parts.values()];
}
