import { expect, test } from "vitest";
import { loadHighs } from "#server/patrols/solver/highs.ts";
import { checkRandomPairs } from "#tests/support/plan-pairs.ts";

/** As tests/property/patrols/plan-checker.prop.test.ts does, in this process and with fewer: a mutant meets it in a second. */
test("random calendars: the independent checker finds no window in protected time", async () => {
  const { faults, windows, unprotectedOverlaps } = await checkRandomPairs(
    { from: 1, count: 60 },
    await loadHighs(),
  );
  expect(faults).toEqual([]);
  expect(windows).toBeGreaterThan(60);
  expect(unprotectedOverlaps).toBeGreaterThan(0);
});
