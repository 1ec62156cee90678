import { expect, test } from "vitest";
import { createPairCounts } from "#core/pair-counts.ts";
import { createRandom } from "#core/random.ts";

test("pairs are counted as by a map, through growth, collisions of the slot, and pairs that are forgotten", () => {
  const random = createRandom(7);
  const counted = createPairCounts();
  const expected = new Map<string, number>();
  const otherwise: string[] = [];
  for (let step = 1; step <= 60_000; step += 1) {
    // Few different first numbers, so that most share a slot with others; some of them beyond 31 bits.
    const first = random.integer(5_000) * 4_096 + random.integer(2) * 2 ** 31;
    const second = random.integer(4) * 1_500_000_000;
    const pair = `${first >>> 0}:${second >>> 0}`;
    const count = (expected.get(pair) ?? 0) + 1;
    expected.set(pair, count);
    const found = counted.add(first, second);
    if (found !== count) otherwise.push(`${pair} is ${found}, not ${count}`);
    if (step % 20_000 === 0) {
      counted.keep((_, other) => other !== 0);
      for (const known of expected.keys()) if (known.endsWith(":0")) expected.delete(known);
    }
  }
  expect(otherwise).toEqual([]);
  expect(counted.size()).toBe(expected.size);
  expect([...counted.counts()]).toEqual([...expected.values()]);
});
