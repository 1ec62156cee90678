import { expect, test } from "vitest";
import { loadHighs } from "#server/plan/highs.ts";
import { checkRandomPairs } from "#tests/support/plan-pairs.ts";

test("50,000 random calendars: the independent checker finds no window in protected time", async () => {
  const highs = await loadHighs();
  const chunk = 5_000;
  for (let from = 100_000; from < 150_000; from += chunk) {
    const summary = await checkRandomPairs({ from, count: chunk }, highs);
    expect(summary.faults).toEqual([]);
    expect(summary.overClockChange).toBeGreaterThan(100);
    expect(summary.unprotectedOverlaps).toBeGreaterThan(50);
  }
});
