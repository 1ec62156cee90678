import { describe, expect, test } from "vitest";
import type { EventCategory } from "#core/records/event.ts";
import type { EventKind } from "#core/records/kinds.ts";
import { harmVersion, readWeight } from "#core/records/wire/harm-weights.ts";
import { assess, brettenham, controlCell, edgeTo, many } from "#tests/support/assessment.ts";
import { report } from "#tests/support/displacement.ts";

const lea = edgeTo("Waltham Forest").inner[0] as typeof brettenham;

function counts(
  cell: typeof brettenham,
  [before, after]: readonly [number, number],
  kind: EventKind,
  category: EventCategory = "asb",
) {
  return [
    ...many(before, report(cell, "2021-06-10T22:00", { kind, category })),
    ...many(after, report(cell, "2021-10-10T22:00", { kind, category })),
  ];
}

describe("harm as it was typed", () => {
  const events = [
    ...counts(brettenham, [100, 60], "complaint"),
    ...counts(brettenham, [40, 44], "sighting"),
    ...counts(controlCell, [200, 190], "complaint"),
    ...counts(controlCell, [80, 88], "sighting"),
    ...counts(lea, [12, 50], "complaint"),
    ...counts(lea, [20, 80], "sighting"),
  ];
  const weights = [
    { name: "complaint", weight: 1 },
    { name: "sighting", weight: 3 },
  ] as const;

  test("is off unless weights are given", () => {
    expect(assess(events).harm).toBeNull();
    expect(assess(events, { harm: [] }).harm).toBeNull();
  });

  test("is the sum of weight times difference, each kind against its own control", () => {
    const treated = assess(events, { harm: weights }).harm?.rows[1];
    // Complaints: 60 - 100 - (95 - 100) = -35; sightings: 44 - 40 - (44 - 40) = 0.
    expect(treated?.wdd).toBeCloseTo(-35, 9);
    // Counts before by the square of their control's own change: down by a twentieth, up by a tenth.
    const complaints = 60 + 190 / 4 + 0.95 ** 2 * (100 + 200 / 4);
    const sightings = 44 + 88 / 4 + 1.1 ** 2 * (40 + 80 / 4);
    const variance = complaints + 9 * sightings;
    expect(treated?.se).toBeCloseTo(Math.sqrt(variance), 9);
    expect(treated?.sentence).toMatch(
      /^Treated area, by harm: between \d+ units less and \d+ units more than expected \(best estimate 35 less\): no significant change\.$/u,
    );
  });

  test("gives every row of the assessment its own, edges judged together", () => {
    const { harm, edges } = assess(events, { harm: weights });
    expect(harm?.rows.map(({ name }) => name)).toEqual([
      "Treated area and rings",
      "Treated area",
      "Rings",
      ...edges.map(({ name }) => name),
    ]);
    const edge = harm?.rows.find(({ neighbour }) => neighbour === "Waltham Forest");
    expect(edge).toMatchObject({ verdict: "rise", tooFew: [] });
    expect(edge?.sentence).toContain("more harm.");
    const rings = harm?.rows[2];
    expect(rings).toMatchObject({ verdict: "cannot_tell", tooFew: ["complaint", "sighting"] });
    expect(rings?.sentence).toBe(
      "Rings, by harm: not enough reports to tell (not enough reports of: complaint, sighting).",
    );
  });

  test("with one weight for all kinds is that many times the plain difference", () => {
    const same = [
      ...counts(brettenham, [100, 60], "complaint"),
      ...counts(controlCell, [200, 190], "complaint"),
    ];
    const { harm, treatedArea } = assess(same, { harm: [{ name: "complaint", weight: 5 }] });
    expect(harm?.rows[1]?.wdd).toBeCloseTo(5 * (treatedArea.wdd ?? Number.NaN), 9);
    expect(harm?.rows[1]?.se).toBeCloseTo(5 * (treatedArea.se ?? Number.NaN), 9);
    expect(harm?.rows[1]?.p).toBeCloseTo(treatedArea.p ?? Number.NaN, 9);
  });

  test("a category goes before a kind, and what police found never counts", () => {
    const mixed = [
      ...counts(brettenham, [50, 20], "complaint", "kerb_crawling"),
      ...counts(brettenham, [30, 30], "complaint", "asb"),
      ...counts(controlCell, [50, 50], "complaint", "kerb_crawling"),
      ...counts(controlCell, [60, 60], "complaint", "asb"),
      ...many(900, report(brettenham, "2021-10-10T22:00", { kind: "arrest", source: "police" })),
    ];
    const harm = [
      { name: "complaint", weight: 1 },
      { name: "kerb_crawling", weight: 10 },
    ] as const;
    expect(assess(mixed, { harm }).harm?.rows[1]?.wdd).toBeCloseTo(-300, 9);
  });

  test.each([
    ["1", 1],
    [" 2.5 ", 2.5],
    ["0.000001", 0.000_001],
    ["1000000", 1_000_000],
    ["", null],
    ["0", null],
    ["-1", null],
    ["1e9", null],
    ["NaN", null],
    ["9999999", null],
    ["1.0000001", null],
  ])("a weight typed as %j is read as %j", (text, wanted) => {
    expect(readWeight(text)).toBe(wanted);
  });

  test.each(["", "3", "v0", "v-1", "v1.5", "complaint:1", "v1234567890"])(
    "%j names no version",
    (text) => {
      expect(harmVersion.safeParse(text).error?.issues[0]?.message).toBe(
        "write a saved version, such as v3",
      );
    },
  );
});
