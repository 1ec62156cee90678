import { describe, expect, test } from "vitest";
import { emergingGroup, fewestAround } from "#core/hotspots/emerging-group.ts";
import { emergingSteps } from "#core/hotspots/steps.ts";
import { emergingPatterns } from "#core/stats/emerging-pattern.ts";
import { createZone } from "#core/time/zone.ts";

const zone = createZone("Europe/London");

describe("the plain group of a category", () => {
  test("each of the seventeen names has one", () => {
    const groups = emergingPatterns.map((pattern) => emergingGroup({ pattern, side: "hot" }, 50));
    expect(groups).toEqual([
      "rising",
      "rising",
      "rising",
      "steady",
      "easing",
      "on_and_off",
      "on_and_off",
      "gone",
    ]);
    for (const pattern of emergingPatterns) {
      expect(emergingGroup({ pattern, side: "cold" }, 50)).toBe("quiet");
    }
    expect(emergingGroup({ pattern: null, side: null }, 50)).toBe("no_pattern");
  });

  test("is too few to say below ten around, whatever the name", () => {
    expect(emergingGroup({ pattern: "new", side: "hot" }, fewestAround - 1)).toBe("too_few");
    expect(emergingGroup({ pattern: "new", side: "hot" }, fewestAround)).toBe("rising");
    expect(emergingGroup({ pattern: null, side: null }, 0)).toBe("too_few");
  });
});

describe("the steps of categories", () => {
  test("are whole months where there are four, else weeks that end with the last day", () => {
    const months = emergingSteps(zone, { from: "2021-01-15", to: "2021-06-10" });
    expect(months?.map(({ from }) => from)).toEqual([
      "2021-02-01",
      "2021-03-01",
      "2021-04-01",
      "2021-05-01",
    ]);
    const weeks = emergingSteps(zone, { from: "2021-10-02", to: "2021-11-01" });
    expect(weeks?.at(0)?.from).toBe("2021-10-05");
    expect(weeks?.at(-1)?.to).toBe("2021-11-01");
    expect(weeks).toHaveLength(4);
  });

  test("are none in less than four weeks", () => {
    expect(emergingSteps(zone, { from: "2021-10-02", to: "2021-10-28" })).toBeNull();
  });
});
