import { expect, test } from "vitest";
import { roundShares } from "#core/hotspots/round-shares.ts";
import { createRandom } from "#core/random.ts";

/** In whole tenths: sums of decimals have their own last bits. */
const tenths = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + Math.round(value * 10), 0);

test("what is written adds up to what is written at the foot", () => {
  const shares = [0.25, 0.25, 0.25, 0.25, 2.45, 2.45];
  // Rounded one by one these are 6.2 of 5.9.
  expect(tenths(shares.map((share) => Math.round(share * 10) / 10))).not.toBe(59);
  expect(tenths(roundShares(shares))).toBe(59);
});

test("no share is moved by a whole tenth, whatever the shares are", () => {
  const random = createRandom(5);
  for (let run = 0; run < 200; run += 1) {
    const shares = Array.from({ length: 1 + random.integer(60) }, () =>
      random.next() < 0.3 ? random.integer(4) : random.next() * 5,
    );
    const rounded = roundShares(shares);
    const total = shares.reduce((sum, share) => sum + share, 0);
    expect(tenths(rounded)).toBe(Math.round(total * 10 + 1e-6));
    rounded.forEach((value, index) => {
      expect(Math.abs(value - (shares[index] ?? 0))).toBeLessThan(0.1 + 1e-9);
    });
  }
});

test("whole counts stay whole and nothing stays nothing", () => {
  expect([...roundShares([3, 0, 1])]).toEqual([3, 0, 1]);
  // Three thirds and six sixths fall short of 2 by their last bits.
  const parts = [...Array(3).fill(1 / 3), ...Array(6).fill(1 / 6)];
  expect(tenths(roundShares(parts))).toBe(20);
});
