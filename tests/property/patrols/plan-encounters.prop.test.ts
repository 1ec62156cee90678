import { fc } from "@fast-check/vitest";
import type { Highs } from "highs";
import { beforeAll, describe, expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import type { Demand } from "#core/patrols/demand/demand.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import { atPrice, createSightings, weighed } from "#core/patrols/plan/encounters.ts";
import { assignUnits } from "#core/patrols/plan/finish.ts";
import { demandFor, planForDemand } from "#core/patrols/plan/plan.ts";
import { planGround } from "#core/patrols/plan/plan-ground.ts";
import { varyArrivals } from "#core/patrols/plan/vary.ts";
import { mostGivenUp } from "#core/patrols/wire/encounters.ts";
import { createRandom } from "#core/random.ts";
import { createZone, dayMs, minuteMs } from "#core/time/zone.ts";
import { loadHighs } from "#server/patrols/solver/highs.ts";
import { runPlanJob } from "#server/patrols/solver/plan-job.ts";
import { solvePlan } from "#server/patrols/solver/solve-plan.ts";
import { bestAllowed, fewOf } from "#tests/support/plan-part.ts";
import { scenarioInput } from "#tests/support/plan-scenario.ts";
import { isWhole, runsOf } from "#tests/support/runs.ts";

const zone = createZone("Europe/London");
const hooks = { progress: () => undefined, first: () => undefined };
/** In `npm test` one day of few reports: a plan of two takes up to a minute with a weight. */
const input = scenarioInput(zone, isWhole ? { days: 2 } : { days: 1, count: 300 });
const demand = demandFor(input, zone);
const dwellMs = patrolDefaults.dwellMinutes * minuteMs;
let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

/** Sightings where and when they happen to be, many in cells and hours that reports are expected in. */
function drawnSightings(seed: number): Demand {
  const random = createRandom(seed);
  const rates = demand.rates.map((rate) =>
    random.next() < 0.5 ? rate * 2 * random.next() : 0.02 * random.next(),
  );
  return { ...demand, rates };
}

function planOf(given: {
  readonly seed: number;
  readonly weight: "none" | "some" | "strong";
  readonly isVaried: boolean;
}) {
  const { seed, weight, isVaried } = given;
  const frame = {
    ...input,
    request: { ...input.request, seed },
    history: isVaried ? { arrivals: [], halfHours: [] } : null,
  };
  const encounters = weight === "none" ? null : { weight, sightings: drawnSightings(seed) };
  const context = { zone, limits: { gap: 0.01, seconds: 600 }, clock: () => 0 };
  return runPlanJob(highs, { frame, demand, encounters }, context, hooks);
}

function visitsOf(windows: readonly { readonly stops: readonly Visit[] }[]) {
  const visits = new Map<H3Cell, number>();
  for (const { cell } of windows.flatMap(({ stops }) => stops)) {
    visits.set(cell, (visits.get(cell) ?? 0) + 1);
  }
  return visits;
}

describe("SAFEGUARDS 9: encounters only take away", () => {
  test("a weight raises the visits to no cell, whatever was seen where", () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer({ min: 1, max: 1e6 }),
          weight: fc.constantFrom("some" as const, "strong" as const),
          isVaried: fc.boolean(),
        }),
        (given) => {
          const before = planOf({ ...given, weight: "none" });
          const after = planOf(given);
          // A search that ran out of time may find another plan the second time: nothing to compare.
          fc.pre(before.stopped !== "time" && after.stopped !== "time");
          const had = visitsOf(before.windows);
          for (const [cell, visits] of visitsOf(after.windows)) {
            expect(visits, cell).toBeLessThanOrEqual(had.get(cell) ?? 0);
          }
          const least = (1 - mostGivenUp[given.weight]) * before.objective;
          expect(after.objective).toBeGreaterThanOrEqual(least - 1e-6);
          expect(after.bound).toBe(before.bound);
          for (const { encounters, coverage } of after.encounters?.places ?? []) {
            expect(encounters).toBeLessThanOrEqual(100);
            expect(coverage).toBeGreaterThanOrEqual(90);
          }
        },
      ),
      { numRuns: runsOf(20, 4) },
    );
  });

  test("nor does varying arrival times, however much it may give up for them", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const { base, prepared, ground, sightingsIn } = baseOf(seed);
        const priced = atPrice(base, prepared, { ground, sightingsIn, dwellMs, price: 0.1 });
        const arrivals = base.assigned.windows.flatMap(({ candidate }) =>
          candidate.stops.map(({ cell, arrive }) => ({ cell, arrive: arrive - 7 * dayMs })),
        );
        const frame = { ...input, history: { arrivals, halfHours: [] } };
        const again = planForDemand(demand, frame, zone, patrolDefaults, priced);
        if (!again.variation) throw new TypeError("A history asks for a variation");
        const plan = assignUnits(again, again.greedy);
        const goal = { mostLoss: 0.5, enough: 1 };
        const { windows } = varyArrivals(plan, again.variation, again.travel, goal);
        for (const [cell, visits] of visitsOf(windows.map(({ candidate }) => candidate))) {
          expect(visits, cell).toBeLessThanOrEqual(priced.limit.most.get(cell) ?? 0);
        }
      }),
      { numRuns: runsOf(20, 5) },
    );
  });

  test("at a price a stop's credit is never more than it was, and none where none went", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (seed, price) => {
          const { base, prepared, ground, sightingsIn } = baseOf(seed);
          const priced = atPrice(base, prepared, { ground, sightingsIn, dwellMs, price });
          const random = createRandom(seed);
          for (const { start } of ground.shifts) {
            for (const cell of demand.cells) {
              const at = start + random.integer(30) * 15 * minuteMs;
              const credit = priced.ground.credit.reachedFrom(cell, at);
              expect(credit).toBeLessThanOrEqual(ground.credit.reachedFrom(cell, at));
              if (!priced.limit.most.has(cell)) expect(credit).toBe(0);
            }
          }
        },
      ),
      { numRuns: runsOf(20, 5) },
    );
  });

  test("of every set of a few options the search finds the best by coverage less price", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0.05, max: 0.6, noNaN: true }),
        (seed, price) => {
          const { base, prepared, ground, sightingsIn } = baseOf(seed);
          const priced = atPrice(base, prepared, { ground, sightingsIn, dwellMs, price });
          const again = planForDemand(demand, input, zone, patrolDefaults, priced);
          const each = (price * base.coverage) / base.encounters;
          for (const { candidate } of again.options) {
            const { stops } = candidate;
            const worth = stops.reduce(
              (all, s) => all + ground.credit.reachedFrom(s.cell, s.arrive),
              0,
            );
            const met = stops.reduce((all, s) => all + sightingsIn(s.cell, s.arrive, s.depart), 0);
            expect(candidate.value).toBeCloseTo(worth - each * met, 5);
          }
          const few = fewOf(again, 10, seed);
          const exact = { gap: 0, seconds: 600 };
          const { objective } = solvePlan(highs, few, exact, hooks.progress, () => 0);
          expect(objective).toBeCloseTo(bestAllowed(few), 5);
        },
      ),
      { numRuns: runsOf(20, 5) },
    );
  });
});

function baseOf(seed: number) {
  const ground = planGround(demand, input, zone, patrolDefaults);
  const prepared = planForDemand(demand, input, zone, patrolDefaults, { ground });
  const sightingsIn = createSightings(drawnSightings(seed), ground, zone, patrolDefaults);
  const base = weighed(assignUnits(prepared, prepared.greedy), sightingsIn);
  return { ground, prepared, sightingsIn, base };
}
