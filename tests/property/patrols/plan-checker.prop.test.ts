import { expect, test } from "vitest";
import { pairsInZone } from "#tests/support/pairs-in-zone.ts";
import { serverZones } from "#tests/support/printed-in.ts";
import { runsOf } from "#tests/support/runs.ts";

/** About 20 s for all of them on an idle machine; the rest is room for a busy one. */
const timeout = 400_000;

test(
  "random calendars: the independent checker finds no window in protected time, and every rule holds",
  async () => {
    // A third each on servers in UTC, London and New York; the last seeds on all of them.
    const own = runsOf(650, 9);
    const shared = { from: 10_001, count: runsOf(50, 4) };
    const summaries = await Promise.all(
      serverZones.map((zone, at) =>
        pairsInZone(zone, [{ from: 1 + at * own, count: own }, shared]),
      ),
    );
    const plans = 3 * (own + shared.count);
    const all = summaries.flat();
    const sum = (
      of: "plans" | "windows" | "variedPlans" | "overClockChange" | "unprotectedOverlaps",
    ) => all.reduce((total, summary) => total + summary[of], 0);
    expect(all.flatMap(({ faults }) => faults)).toEqual([]);
    expect(sum("plans")).toBe(plans);
    expect(sum("windows")).toBeGreaterThan(1.5 * plans);
    expect(sum("overClockChange")).toBeGreaterThan(plans / 42);
    // Arrival times that were varied on purpose are among them.
    expect(sum("variedPlans")).toBeGreaterThan(plans / 10);
    // The checker is no rubber stamp: told of no session, the planner does walk into them.
    expect(sum("unprotectedOverlaps")).toBeGreaterThan(plans / 105);
    // Equal calendars, equal plans, wherever the server stands.
    expect(new Set(summaries.map(([, same]) => same?.fingerprint)).size).toBe(1);
  },
  timeout,
);

test(
  "SAFEGUARDS 23: random calendars with wardens and marshals beside police: none of them in protected time, caps shared",
  async () => {
    const count = runsOf(100, 12);
    const summaries = await Promise.all(
      serverZones.map((zone, at) =>
        pairsInZone(zone, [{ from: 20_001 + at * count, count, withPartners: true }]),
      ),
    );
    const all = summaries.flat();
    const sum = (
      of: "plans" | "windows" | "ofPartners" | "overClockChange" | "unprotectedOverlaps",
    ) => all.reduce((total, summary) => total + summary[of], 0);
    expect(all.flatMap(({ faults }) => faults)).toEqual([]);
    expect(sum("plans")).toBe(3 * count);
    // Both kinds go out.
    expect(sum("ofPartners")).toBeGreaterThan(count);
    expect(sum("windows") - sum("ofPartners")).toBeGreaterThan(count);
    expect(sum("overClockChange")).toBeGreaterThan((3 * count) / 42);
    expect(sum("unprotectedOverlaps")).toBeGreaterThan((3 * count) / 105);
  },
  timeout,
);
