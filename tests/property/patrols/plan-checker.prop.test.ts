import { beforeAll, expect, test } from "vitest";
import { pairsInZone } from "#tests/support/pairs-in-zone.ts";
import type { PairSummary } from "#tests/support/plan-pairs.ts";
import { serverZones } from "#tests/support/printed-in.ts";
import { runsOf } from "#tests/support/runs.ts";

/** A third each on servers in UTC, London and New York; the shared seeds on all of them. */
const own = runsOf(650, 9);
const shared = { from: 10_001, count: runsOf(50, 4) };
const withPartners = runsOf(100, 12);

let calendars: PairSummary[];
let ofPartners: PairSummary[];
let onAll: PairSummary[];
/** Of all calendars about 20 s on an idle machine; the rest is room for a busy one. */
beforeAll(async () => {
  const summaries = await Promise.all(
    serverZones.map((zone, at) =>
      pairsInZone(zone, [
        { from: 1 + at * own, count: own },
        { from: 20_001 + at * withPartners, count: withPartners, withPartners: true },
        shared,
      ]),
    ),
  );
  const nth = (at: number) => summaries.flatMap((one) => one[at] ?? []);
  [calendars, ofPartners, onAll] = [[...nth(0), ...nth(2)], nth(1), nth(2)];
}, 400_000);

const sumIn =
  (all: readonly PairSummary[]) =>
  (of: Exclude<keyof PairSummary, "faults" | "fingerprint">): number =>
    all.reduce((total, summary) => total + summary[of], 0);

test("random calendars: the independent checker finds no window in protected time, and every rule holds", () => {
  const plans = 3 * (own + shared.count);
  const sum = sumIn(calendars);
  expect(calendars.flatMap(({ faults }) => faults)).toEqual([]);
  expect(sum("plans")).toBe(plans);
  expect(sum("windows")).toBeGreaterThan(1.5 * plans);
  expect(sum("overClockChange")).toBeGreaterThan(plans / 42);
  // Arrival times that were varied on purpose are among them.
  expect(sum("variedPlans")).toBeGreaterThan(plans / 10);
  // The checker is no rubber stamp: told of no session, the planner does walk into them.
  expect(sum("unprotectedOverlaps")).toBeGreaterThan(plans / 105);
  // Equal calendars, equal plans, wherever the server stands.
  expect(onAll).toHaveLength(serverZones.length);
  expect(new Set(onAll.map(({ fingerprint }) => fingerprint)).size).toBe(1);
});

test("SAFEGUARDS 23: random calendars with wardens and marshals beside police: none of them in protected time, caps shared", () => {
  const sum = sumIn(ofPartners);
  expect(ofPartners.flatMap(({ faults }) => faults)).toEqual([]);
  expect(sum("plans")).toBe(3 * withPartners);
  // Both kinds go out.
  expect(sum("ofPartners")).toBeGreaterThan(withPartners);
  expect(sum("windows") - sum("ofPartners")).toBeGreaterThan(withPartners);
  expect(sum("overClockChange")).toBeGreaterThan((3 * withPartners) / 42);
  expect(sum("unprotectedOverlaps")).toBeGreaterThan((3 * withPartners) / 105);
});
