import { expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import { createReachDoubt, reachedBy } from "#core/patrols/demand/reach-interval.ts";
import { finishPlan, totalRange } from "#core/patrols/plan/finish.ts";
import { demandFor, planForDemand } from "#core/patrols/plan/plan.ts";
import { createRandom, type Random } from "#core/random.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { createZone, dayMs, hourMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { scenarioInput, scenarioStudy } from "#tests/support/plan-scenario.ts";
import { runsOf } from "#tests/support/runs.ts";

const zone = createZone("Europe/London");
const asAt = zone.startOfDate("2021-11-26");
const study = scenarioStudy();
const weeks = 78;

/** A town whose true rates are known: a few busy streets, evenings that differ from place to place. */
function town(random: Random) {
  const rates = study.cells.map((_, at) => {
    const street = Math.exp(-(((at % 97) - 48) ** 2) / 50);
    return (0.002 + 0.25 * street) * random.next() ** 2;
  });
  const late = study.cells.map((_, at) => (Math.floor(at / 97) % 2 === 0 ? 21 : 16));
  const shares = study.cells.map((_, cell) => {
    const hours = Array.from({ length: 168 }, (_unused, hour) => {
      const away = Math.abs((hour % 24) - (late[cell] as number));
      return 0.1 + Math.exp(-((Math.min(away, 24 - away) / 2.5) ** 2));
    });
    const sum = hours.reduce((all, each) => all + each, 0);
    return hours.map((hour) => hour / sum);
  });
  return { rates, shares };
}

function drawReports(random: Random, { rates, shares }: ReturnType<typeof town>): PoliceEvent[] {
  const from = asAt - weeks * 7 * dayMs;
  const events: PoliceEvent[] = [];
  rates.forEach((rate, cell) => {
    for (let at = from + wait(random, rate); at < asAt; at += wait(random, rate)) {
      const day = Math.floor((at - from) / dayMs) * dayMs + from;
      const hour = drawHour(random, shares[cell] as number[], zone.hourOfWeek(day + 12 * hourMs));
      const startsAt = day + hour * hourMs;
      if (startsAt >= asAt) continue;
      events.push({
        cell: study.cells[cell] as H3Cell,
        kind: "complaint",
        source: "resident",
        category: "kerb_crawling",
        startsAt,
        endsAt: startsAt,
      });
    }
  });
  return events;
}

function wait(random: Random, perWeek: number): number {
  return (-Math.log(1 - random.next()) / perWeek) * 7 * dayMs;
}

/** An hour of the day that the week's hour lies in. */
function drawHour(random: Random, shares: readonly number[], noon: number): number {
  const first = noon - (noon % 24);
  const day = shares.slice(first, first + 24);
  let left = random.next() * day.reduce((sum, share) => sum + share, 0);
  return Math.max(
    0,
    day.findIndex((share) => {
      left -= share;
      return left < 0;
    }),
  );
}

test("of the windows that a plan chose eight in ten reach what their interval says, and hardly less than told", () => {
  let inside = 0;
  let windows = 0;
  let told = 0;
  let truth = 0;
  let totals = 0;
  const seeds = runsOf(8, 2);
  for (let seed = 1; seed <= seeds; seed += 1) {
    const random = createRandom(seed);
    const made = town(random);
    const columns = columnsFromEvents(drawReports(random, made));
    const demand = demandFor({ columns, asAt, study }, zone);
    const frame = scenarioInput(zone, { days: 7, units: 2, closed: [] });
    const prepared = planForDemand(demand, frame, zone);
    const plan = finishPlan(prepared, prepared.greedy, zone);
    const trueRate = (cell: H3Cell, hour: number) => {
      const index = study.indexOf.get(cell) as number;
      return (made.rates[index] as number) * (made.shares[index]?.[hour] ?? 0);
    };
    for (const { stops, range, expected } of plan.windows) {
      const reached = reachedBy(stops, (cell, arrive) => {
        let sum = 0;
        for (let at = 0; at < 8; at += 1) {
          sum += trueRate(cell, zone.hourOfWeek(arrive + (at * hourMs) / 4)) / 4;
        }
        return sum;
      });
      const really = [...reached.values()].reduce((all, each) => all + each, 0);
      windows += 1;
      told += expected;
      truth += really;
      if (range && really >= range.low && really <= range.high) inside += 1;
    }
    const all = made.rates.reduce((sum, rate) => sum + rate, 0);
    const total = totalRange(prepared);
    if (total && all >= total.low && all <= total.high) totals += 1;
    expect(createReachDoubt(demand).intervalOf(new Map(), 1)).toEqual({ low: 0, high: 0 });
  }
  process.stdout.write(
    `reach: ${windows} windows, ${((100 * inside) / windows).toFixed(0)} % inside, told ${(told / truth).toFixed(2)} of what is true\n`,
  );
  expect(windows).toBeGreaterThan(12 * seeds);
  expect(inside / windows).toBeGreaterThan(0.7);
  expect(inside / windows).toBeLessThan(0.97);
  expect(told / truth).toBeGreaterThan(0.8);
  expect(told / truth).toBeLessThan(1.15);
  expect(totals).toBeGreaterThanOrEqual(seeds - 1);
});
