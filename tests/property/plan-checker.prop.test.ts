import { expect, test } from "vitest";
import { pairsInZone, serverZones } from "#tests/support/pairs-in-zone.ts";

/** About 20 s on an idle machine; the rest is room for a busy one. */
const timeout = 400_000;

test(
  "2,000 random calendars: the independent checker finds no window in protected time, and every rule holds",
  async () => {
    // A third each on servers in UTC, London and New York; the last seeds on all of them.
    const own = 650;
    const shared = { from: 10_001, count: 50 };
    const summaries = await Promise.all(
      serverZones.map(async (zone, at) => [
        await pairsInZone(zone, { from: 1 + at * own, count: own }),
        await pairsInZone(zone, shared),
      ]),
    );
    const all = summaries.flat();
    const sum = (of: "plans" | "windows" | "overClockChange" | "unprotectedOverlaps") =>
      all.reduce((total, summary) => total + summary[of], 0);
    expect(all.flatMap(({ faults }) => faults)).toEqual([]);
    expect(sum("plans")).toBeGreaterThanOrEqual(2_000);
    expect(sum("windows")).toBeGreaterThan(3_000);
    expect(sum("overClockChange")).toBeGreaterThan(50);
    // The checker is no rubber stamp: told of no session, the planner does walk into them.
    expect(sum("unprotectedOverlaps")).toBeGreaterThan(20);
    // Equal calendars, equal plans, wherever the server stands.
    expect(new Set(summaries.map(([, same]) => same?.fingerprint)).size).toBe(1);
  },
  timeout,
);
