import type { AreaTree } from "#core/disclosure/area-tree.ts";
import {
  type DisclosureRule,
  type Range,
  rangeOfShown,
  type Shown,
} from "#core/disclosure/rule.ts";

/**
 * What each area's count can be for a reader who knows the rounding, the threshold and that parts
 * add up. On a tree every count stands in at most two sums, so narrowing once upwards and once
 * downwards gives the exact range, and every whole number in it can occur.
 *
 * `blankHigh` is the most that a withheld smallest area can hold: one under the threshold for a
 * reader who believes that every blank is a small count, infinity for one who only knows that it
 * may be withheld to protect another.
 */
export function feasibleRanges(
  tree: AreaTree,
  shown: readonly Shown[],
  rule: DisclosureRule,
  blankHigh: number,
): Range[] {
  return jointRanges(tree, [shown], rule, blankHigh);
}

/**
 * The same for a reader of several tables of the same counts, such as an earlier release: each
 * area's possible counts if all are true at once. `low` above `high` means a contradiction: a count
 * changed in between.
 */
export function jointRanges(
  tree: AreaTree,
  tables: readonly (readonly Shown[])[],
  rule: DisclosureRule,
  blankHigh: number,
): Range[] {
  const ranges = tree.ids.map((_, area) =>
    tables
      .map((shown) => startingRange(tree, area, shown[area] ?? null))
      .reduce(overlap, { low: 0, high: Number.POSITIVE_INFINITY }),
  );
  for (const area of tree.upward) {
    const parts = tree.children[area] ?? [];
    if (parts.length > 0) narrow(ranges, area, sumOf(parts, ranges));
  }
  for (const area of tree.upward.toReversed()) {
    const parts = tree.children[area] ?? [];
    if (parts.length > 0) narrowParts(ranges, rangeAt(ranges, area), parts);
  }
  return ranges;

  function startingRange(of: AreaTree, area: number, figure: Shown): Range {
    if (figure !== null) return rangeOfShown(figure, rule);
    const isSmallest = (of.children[area] ?? []).length === 0;
    return { low: 0, high: isSmallest ? blankHigh : Number.POSITIVE_INFINITY };
  }
}

/** Each part is the whole less the other parts' ranges. */
function narrowParts(ranges: Range[], whole: Range, parts: readonly number[]): void {
  const before = parts.map((part) => rangeAt(ranges, part));
  const low = before.reduce((total, range) => total + range.low, 0);
  const finiteHigh = before.reduce((total, range) => total + finiteOrZero(range.high), 0);
  const unbounded = before.filter((range) => range.high === Number.POSITIVE_INFINITY).length;
  parts.forEach((part, at) => {
    const own = before[at] ?? rangeAt(ranges, part);
    const ownUnbounded = own.high === Number.POSITIVE_INFINITY ? 1 : 0;
    const othersHigh =
      unbounded > ownUnbounded ? Number.POSITIVE_INFINITY : finiteHigh - finiteOrZero(own.high);
    narrow(ranges, part, { low: whole.low - othersHigh, high: whole.high - (low - own.low) });
  });
}

function sumOf(parts: readonly number[], ranges: readonly Range[]): Range {
  let low = 0;
  let high = 0;
  for (const part of parts) {
    const range = rangeAt(ranges, part);
    low += range.low;
    high += range.high;
  }
  return { low, high };
}

function narrow(ranges: Range[], area: number, by: Range): void {
  ranges[area] = overlap(rangeAt(ranges, area), by);
}

function overlap(a: Range, b: Range): Range {
  return { low: Math.max(a.low, b.low), high: Math.min(a.high, b.high) };
}

function rangeAt(ranges: readonly Range[], area: number): Range {
  const range = ranges[area];
  if (range === undefined) throw new RangeError(`No area at ${area}`);
  return range;
}

function finiteOrZero(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

interface Leak {
  readonly area: string;
  readonly range: Range;
}

/**
 * Attacks the figures as a reader could and names every blank that could not be each of 0 to
 * threshold - 1. Assumes that each blank is a small count (the sharpest assumption that cannot be
 * proved wrong); a blank total over a shown part is known to be large and needs no protection.
 */
export function findLeaks(
  tree: AreaTree,
  shown: readonly Shown[],
  rule: DisclosureRule,
): readonly Leak[] {
  return findLeaksTogether(tree, [shown], rule);
}

/** For a reader with several tables of the same counts: a blank in any of them is a blank. */
export function findLeaksTogether(
  tree: AreaTree,
  tables: readonly (readonly Shown[])[],
  rule: DisclosureRule,
): readonly Leak[] {
  const ranges = jointRanges(tree, tables, rule, rule.threshold - 1);
  const shownIn = tables.map((shown) => shownWithin(tree, shown));
  return tree.ids.flatMap((area, index) => {
    const range = ranges[index] ?? { low: 0, high: 0 };
    const isBlank = shownIn.some((hasShown) => !hasShown[index]);
    return isBlank && (range.low > 0 || range.high < rule.threshold - 1) ? [{ area, range }] : [];
  });
}

function shownWithin(tree: AreaTree, shown: readonly Shown[]): boolean[] {
  const found = shown.map((figure) => figure !== null);
  for (const area of tree.upward) {
    const parent = tree.parent[area] ?? -1;
    if (parent >= 0 && found[area]) found[parent] = true;
  }
  return found;
}
