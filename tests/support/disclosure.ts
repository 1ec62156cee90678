import { type AreaTree, createAreaTree } from "#core/disclosure/area-tree.ts";
import type { DisclosureRule, Shown } from "#core/disclosure/rule.ts";
import type { Random } from "#core/random.ts";

/** One whole of several areas, each with so many smallest parts: `[3, 2]` has 3 + 2 of them. */
export function areaTree(partsPerArea: readonly number[]): AreaTree {
  const areas: { id: string; parent: string | null }[] = [{ id: "whole", parent: null }];
  partsPerArea.forEach((parts, area) => {
    areas.push({ id: `area ${area}`, parent: "whole" });
    for (let part = 0; part < parts; part += 1) {
      areas.push({ id: `part ${area}.${part}`, parent: `area ${area}` });
    }
  });
  return createAreaTree(areas);
}

export function leavesOf(tree: AreaTree): number[] {
  return tree.ids.flatMap((_, area) => (tree.children[area]?.length === 0 ? [area] : []));
}

export interface Bounds {
  low: number;
  high: number;
}

/**
 * A reader with a pencil: what is known of each figure, then every sum "whole = parts" used in
 * every direction again and again until nothing narrows. Shares no code with core/disclosure.
 */
export function attack(tree: AreaTree, known: readonly Bounds[]): Bounds[] {
  const bounds = known.map(({ low, high }) => ({ low, high }));
  const at = (area: number) => bounds[area] ?? { low: 0, high: 0 };
  // What cannot all be true would narrow for ever.
  const isPossible = () => bounds.every(({ low, high }) => low <= high);
  for (let changed = true; changed && isPossible(); ) {
    changed = false;
    const narrow = (area: number, low: number, high: number) => {
      const own = at(area);
      if (low > own.low || high < own.high) {
        bounds[area] = { low: Math.max(own.low, low), high: Math.min(own.high, high) };
        changed = true;
      }
    };
    tree.children.forEach((parts, whole) => {
      if (parts.length === 0) return;
      const sum = (side: "low" | "high", without: number) =>
        parts.reduce((total, part) => (part === without ? total : total + at(part)[side]), 0);
      narrow(whole, sum("low", -1), sum("high", -1));
      for (const part of parts) {
        narrow(part, at(whole).low - sum("high", part), at(whole).high - sum("low", part));
      }
    });
  }
  return bounds;
}

/** What the shown figures and the rule tell by themselves; a blank holds at most `blankHigh`. */
export function firstSight(
  tree: AreaTree,
  shown: readonly Shown[],
  rule: DisclosureRule,
  blankHigh: number,
): Bounds[] {
  return shown.map((figure, area) => {
    if (figure !== null) {
      const candidates = Array.from(
        { length: 2 * rule.base },
        (_, step) => figure - rule.base + step,
      );
      const rounding = candidates.filter(
        (count) => count >= rule.threshold && Math.round(count / rule.base) * rule.base === figure,
      );
      return { low: Math.min(...rounding), high: Math.max(...rounding) };
    }
    const isPart = tree.children[area]?.length === 0;
    return { low: 0, high: isPart ? blankHigh : Number.POSITIVE_INFINITY };
  });
}

/** Withheld counts under the threshold that either kind of reader can narrow at all. */
export function recovered(
  tree: AreaTree,
  shown: readonly Shown[],
  counts: readonly number[],
  rule: DisclosureRule,
): number {
  const found = new Set<number>();
  for (const blankHigh of [Number.POSITIVE_INFINITY, rule.threshold - 1]) {
    const bounds = attack(tree, firstSight(tree, shown, rule, blankHigh));
    const isBelievable = bounds.every(({ low, high }) => low <= high);
    if (!isBelievable) continue;
    bounds.forEach(({ low, high }, area) => {
      const isSmall = shown[area] === null && (counts[area] ?? 0) < rule.threshold;
      if (isSmall && (low > 0 || high < rule.threshold - 1)) found.add(area);
    });
  }
  return found.size;
}

const shapes = [
  "quiet",
  "near the threshold",
  "busy",
  "one among zeros",
  "nearly all nines",
] as const;

/** Counts of the smallest parts, of a kind that strains the rule in one way or another. */
export function randomCounts(tree: AreaTree, random: Random): number[] {
  const leaves = leavesOf(tree);
  const counts = tree.ids.map(() => 0);
  const shape = shapes[random.integer(shapes.length)] ?? "quiet";
  const chosen = leaves[random.integer(leaves.length)];
  for (const leaf of leaves) counts[leaf] = drawCount(shape, random);
  if (chosen !== undefined && shape === "one among zeros") counts[chosen] = 9 + random.integer(30);
  return counts;
}

function drawCount(shape: (typeof shapes)[number], random: Random): number {
  switch (shape) {
    case "quiet":
      return random.integer(5) === 0 ? random.integer(25) : random.integer(4);
    case "near the threshold":
      return 5 + random.integer(10);
    case "busy":
      return random.integer(4) === 0 ? random.integer(10) : 10 + random.integer(60);
    case "one among zeros":
      return random.integer(12) === 0 ? 1 : 0;
    case "nearly all nines":
      return random.integer(3) === 0 ? 10 + random.integer(15) : 8 + random.integer(2);
  }
}
