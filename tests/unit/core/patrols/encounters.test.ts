import { expect, test } from "vitest";
import { cellAt } from "#core/geo/cell.ts";
import type { PlanOption } from "#core/patrols/candidates/option.ts";
import { encountersSentence } from "#core/patrols/plan/encounter-words.ts";
import { placeOf, planFor, type WeighedPlan } from "#core/patrols/plan/encounters.ts";
import { createRandom } from "#core/random.ts";
import { isPatrolDemand, isSexWorkSighting } from "#core/records/event.ts";
import { hourMs } from "#core/time/zone.ts";
import { crewOf, drawnOptions } from "#tests/support/plan-options.ts";

const [first] = drawnOptions(createRandom(1), { count: 1, crews: [crewOf([1])] });
const cell = cellAt([-0.0681, 51.6055], 10);

const plan = (coverage: number, encounters: number, visits = 0): WeighedPlan => {
  const stops = Array.from({ length: visits }, () => ({ cell, arrive: 0, depart: 1 }));
  const window = { ...(first as PlanOption), unit: 1 };
  const windows = [{ ...window, candidate: { ...window.candidate, stops } }];
  return { assigned: { windows, value: coverage }, coverage, encounters };
};

test("each weight takes the fewest encounters within what it may give up", () => {
  const base = plan(100, 10);
  const tried = [plan(98.5, 9), plan(98, 8), plan(97.9, 7), plan(91, 6), plan(89, 1)];
  expect(planFor("none", base, tried)).toBe(base);
  expect(planFor("some", base, tried)).toBe(tried[1]);
  expect(planFor("strong", base, tried)).toBe(tried[3]);
});

test("where no plan has fewer within that, the plan without weight stays", () => {
  const base = plan(100, 10);
  expect(planFor("some", base, [plan(99, 11), plan(97, 2)])).toBe(base);
  // Told as 100%: nothing is given up for it.
  expect(planFor("some", base, [plan(99, 9.75)])).toBe(base);
});

test("a plan that visits a cell more often is never taken, whatever it would save", () => {
  const base = plan(100, 10, 2);
  expect(planFor("strong", base, [plan(99, 1, 3)])).toBe(base);
  expect(planFor("strong", base, [plan(99, 1, 2)])).toMatchObject({ encounters: 1 });
});

test("what is told of encounters is to the nearest 5%, of coverage to the nearest 1%", () => {
  expect(placeOf("some", plan(3, 0.4), plan(2.95, 0.333))).toMatchObject({
    weight: "some",
    coverage: 98,
    encounters: 85,
  });
  expect(placeOf("some", plan(0, 0), plan(0, 0))).toMatchObject({
    weight: "some",
    coverage: 100,
    encounters: 100,
  });
});

test("hours of patrol are told beside, so that fewer encounters by fewer patrols are seen as such", () => {
  const { candidate } = first as PlanOption;
  const hours = Math.round((3 * (candidate.end - candidate.start)) / hourMs);
  const [window] = plan(3, 0.4).assigned.windows;
  const windows = [window, window, window].flatMap((one) => one ?? []);
  const three = { ...plan(3, 0.4), assigned: { windows, value: 3 } };
  expect(placeOf("none", three, three).hours).toBe(hours);
});

test("a plan that happens to cover more is told as covering as much", () => {
  expect(placeOf("some", plan(3, 0.4), plan(3.02, 0.3))).toMatchObject({ coverage: 100 });
});

test("screen and command say it in one sentence", () => {
  const none = { weight: "none" as const, coverage: 100, encounters: 100 };
  const some = { weight: "some" as const, coverage: 98, encounters: 85 };
  const strong = { weight: "strong" as const, coverage: 100, encounters: 100 };
  const places = [none, some, strong];
  expect(encountersSentence({ weight: "some", places })).toBe(
    "Meant to meet fewer sex workers (set to some): about 15% fewer encounters expected, 2% less coverage.",
  );
  expect(encountersSentence({ weight: "strong", places })).toBe(
    "Meant to meet fewer sex workers (set to strong), but no plan that gives up at most 10% of coverage does.",
  );
});

test("it says of how many, and what it costs in hours of patrol", () => {
  const none = { weight: "none" as const, coverage: 100, encounters: 100, hours: 60 };
  const some = { weight: "some" as const, coverage: 98, encounters: 75, hours: 57 };
  const strong = { weight: "strong" as const, coverage: 91, encounters: 60, hours: 60 };
  const places = [none, some, strong];
  expect(encountersSentence({ weight: "some", places, isUnderOne: true })).toBe(
    "Meant to meet fewer sex workers (set to some): about 25% fewer encounters expected, 2% less coverage, 3 patrol hours fewer. Even without this, less than one recorded sighting is expected.",
  );
  expect(encountersSentence({ weight: "strong", places, isUnderOne: false })).toBe(
    "Meant to meet fewer sex workers (set to strong): about 40% fewer encounters expected, 9% less coverage, as many patrol hours.",
  );
});

test("SAFEGUARDS 9: sightings of street sex work are counted, and ask for no patrol", () => {
  for (const source of ["resident", "partner", "police"] as const) {
    const seen = { kind: "sighting", category: "street_sex_work", source } as const;
    expect([isSexWorkSighting(seen), isPatrolDemand(seen)]).toEqual([true, false]);
  }
  expect(isSexWorkSighting({ kind: "sighting", category: "kerb_crawling" })).toBe(false);
  expect(isSexWorkSighting({ kind: "complaint", category: "street_sex_work" })).toBe(false);
});
