import { expect, test } from "vitest";
import { compareExpansions } from "#tests/support/expansion.ts";
import { runsOf } from "#tests/support/runs.ts";

test("protected time equals the checker's own expansion for random sessions", () => {
  const count = runsOf(50_000, 2_000);
  const { faults, visits, nearChange } = compareExpansions(1, count);
  expect(faults).toEqual([]);
  // The comparison is about something: most seeds have visits, many next to a clock change.
  expect(visits).toBeGreaterThan(count / 2);
  expect(nearChange).toBeGreaterThan(count / 20);
}, 600_000);
