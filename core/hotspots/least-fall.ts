import { normalQuantile } from "#core/stats/normal.ts";
import { poissonChances } from "#core/stats/poisson-chances.ts";
import { eTest } from "#core/stats/two-counts.ts";

/** Eight times in ten, at a significance of 5%, two-sided. */
const power = 0.8;
const level = 0.05;

/** Up to here the E-test itself is asked: whole counts make it harder to satisfy than any smooth formula says. */
const mostExact = 500;

/**
 * The smallest fall, as a part of what is expected, that the E-test of a period against one as long before it would find with a
 * power of 0.8; null where not even the end of all reports would. For many reports by root counts, which scatter alike, by a half
 * (Anscombe 1948), so that the difference of two has a standard deviation of the root of a half. What scatters more than a
 * Poisson count needs a larger fall.
 */
export function leastFallToSee(expected: number): number | null {
  if (expected > mostExact) {
    const needed = (normalQuantile(1 - level / 2) + normalQuantile(power)) * Math.SQRT1_2;
    return 1 - (Math.sqrt(expected) - needed) ** 2 / expected;
  }
  let [low, high] = [0, 1];
  if (chanceToSee(expected, high) < power) return null;
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    if (chanceToSee(expected, middle) < power) low = middle;
    else high = middle;
  }
  return high;
}

/** The chance that a fall by this part is told as one. */
function chanceToSee(expected: number, fall: number): number {
  const before = poissonChances(expected);
  const after = poissonChances(expected * (1 - fall));
  let [seen, atMost, next] = [0, 0, 0];
  before.chances.forEach((chance, at) => {
    const most = mostTold(before.least + at);
    for (; after.least + next <= most && next < after.chances.length; next += 1) {
      atMost += after.chances[next] as number;
    }
    seen += chance * atMost;
  });
  return seen;
}

/** The largest count that the E-test tells as a fall from `before`, by `before`; -1 where 0 is none. */
const told: number[] = [];

function mostTold(before: number): number {
  for (let count = told.length; count <= before; count += 1) {
    let most = told.at(-1) ?? -1;
    while (most + 1 < count && (eTest(count, most + 1) ?? 1) <= level) most += 1;
    told.push(most);
  }
  return told[before] as number;
}
