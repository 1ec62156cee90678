import { expect, test } from "vitest";
import { runsOf } from "#tests/support/runs.ts";
import { checkStreetPairs } from "#tests/support/street-pairs.ts";

test("random calendars with streets: no leg is inside a venue while it is visited, by its distance alone", async () => {
  const count = runsOf(400, 12);
  const { faults, legs, ledRound, blindInside } = await checkStreetPairs({ from: 1, count });
  expect(faults).toEqual([]);
  expect(legs).toBeGreaterThan(2 * count);
  expect(ledRound).toBeGreaterThan(0);
  // Told of no session the ways do lead through venues.
  expect(blindInside).toBeGreaterThan(0);
}, 400_000);
