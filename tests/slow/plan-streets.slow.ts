import { expect, test } from "vitest";
import { checkStreetPairs } from "#tests/support/street-pairs.ts";

test("2,000 random calendars with streets: no leg is inside a venue while it is visited, and the checker finds none", async () => {
  const { faults, plans, legs, ledRound, blindInside } = await checkStreetPairs({
    from: 10_001,
    count: 2_000,
  });
  expect(faults).toEqual([]);
  expect(plans).toBe(2_000);
  expect(legs).toBeGreaterThan(20_000);
  expect(ledRound).toBeGreaterThan(1_000);
  expect(blindInside).toBeGreaterThan(200);
});
