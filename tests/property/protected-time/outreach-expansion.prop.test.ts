import { expect, test } from "vitest";
import { compareExpansions } from "#tests/support/expansion.ts";

test("protected time equals the checker's own expansion for 2,000 random sessions", () => {
  const count = 2_000;
  const { faults, visits, nearChange } = compareExpansions(1, count);
  expect(faults).toEqual([]);
  // The comparison is about something: most seeds have visits, many next to a clock change.
  expect(visits).toBeGreaterThan(count / 2);
  expect(nearChange).toBeGreaterThan(count / 20);
});
