import { describe, expect, test } from "vitest";
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
});
