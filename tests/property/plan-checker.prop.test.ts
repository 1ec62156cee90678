import { expect, test } from "vitest";
import { loadHighs } from "#server/plan/highs.ts";
import { checkRandomPairs } from "#tests/support/plan-pairs.ts";

/** About 20 s on an idle machine; the rest is room for a busy one. */
const timeout = 300_000;

test(
  "2,000 random calendars: the independent checker finds no window in protected time, and every rule holds",
  async () => {
    const summary = await checkRandomPairs({ from: 1, count: 2_000 }, await loadHighs());
    expect(summary.faults).toEqual([]);
    expect(summary.plans).toBe(2_000);
    expect(summary.windows).toBeGreaterThan(3_000);
    expect(summary.overClockChange).toBeGreaterThan(50);
    // The checker is no rubber stamp: told of no session, the planner does walk into them.
    expect(summary.unprotectedOverlaps).toBeGreaterThan(20);
  },
  timeout,
);
