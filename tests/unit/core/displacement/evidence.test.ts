import { describe, expect, test } from "vitest";
import { edgeEvidence, weeklyLooks } from "#core/displacement/evidence.ts";
import type { EdgePlace, Frame } from "#core/displacement/rows.ts";
import { addGroups, monthParts, timelineOf } from "#core/displacement/timeline.ts";
import { london, windowsFrom } from "#tests/support/displacement.ts";
import { simulateAssessment } from "#tests/support/simulated-command.ts";

const quiet = { months: 12, scatter: 1, drift: 0, neighbourhoods: 7, moved: null } as const;
const moved = { fall: 50, to: "Waltham Forest", gain: 30 };

function evidenceOf(command: Parameters<typeof simulateAssessment>[0], seed: number) {
  const { edges } = simulateAssessment(command, seed);
  return new Map(edges.map(({ neighbour, evidence }) => [neighbour, evidence]));
}

describe("evidence of a rise at an edge", () => {
  test("a doubling at one edge is found there and nowhere else, with the week that it was found in", () => {
    const found = evidenceOf({ ...quiet, moved }, 3);
    expect(found.get("Waltham Forest")).toMatchObject({ weeks: 52, share: 1 });
    expect(found.get("Waltham Forest")?.movedOn).toMatch(/^202[01]-/);
    found.delete("Waltham Forest");
    expect([...found.values()].filter((one) => one?.movedOn != null)).toEqual([]);
  });

  test("an operation that did nothing is told no rise at any edge", () => {
    const seeds = [1, 2, 3, 4, 5, 6];
    const told = seeds.flatMap((seed) => [...evidenceOf(quiet, seed).values()]);
    expect(told).not.toContain(null);
    expect(told.filter((one) => one?.movedOn != null)).toEqual([]);
  });

  test("fewer than three months before and three before those say nothing", () => {
    const told = evidenceOf({ ...quiet, months: 5 }, 1);
    expect([...told.values()].filter((one) => one !== null)).toEqual([]);
  });

  test("a far side whose records begin before the start is no rise: only months with both sides are set against it", () => {
    const { after } = windowsFrom("2021-01-01", "2021-12-31");
    const wholeMonths = monthParts(london, "2019-01-01", "2020-12-31");
    const looks = weeklyLooks(london, after);
    const timeline = timelineOf([...wholeMonths, after, ...looks]);
    // So many a day on average from a month on, cumulated over the cuts.
    const daily = (count: number, from = "2019-01-01") => {
      const start = london.startOfDate(from);
      return Int32Array.from(timeline.cuts, (cut) =>
        Math.round((count * Math.max(0, cut - start)) / 86_400_000),
      );
    };
    const told = (outer: Int32Array) => {
      const inner = daily(0.5);
      const place = { group: addGroups(inner, outer), inner, outer, edge: 0, oneSided: null };
      const counts = { timeline, control: daily(20), edges: [place], stretches: [] };
      const frame = { counts, wholeMonths } as unknown as Frame;
      return edgeEvidence([place as unknown as EdgePlace], frame, looks)[0];
    };
    expect(told(daily(0.5))).toMatchObject({ movedOn: null });
    expect(told(daily(0.5, "2020-06-10"))).toMatchObject({ movedOn: null });
    // Nothing can be told from fewer than three such months, or where they begin with the operation.
    expect(told(daily(0.5, "2020-10-05"))).toBeNull();
    expect(told(daily(0.5, "2021-01-05"))).toBeNull();
  });
});
