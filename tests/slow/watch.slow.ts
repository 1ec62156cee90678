import { expect, test } from "vitest";
import { type FollowedAlert, followCluster } from "#core/displacement/watch/follow.ts";
import { lookForClusters } from "#core/displacement/watch/look.ts";
import { alertLevel, watchSettings } from "#core/displacement/watch/settings.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { createRandom } from "#core/random.ts";
import { addDays } from "#core/time/zone.ts";
import {
  drawCluster,
  drawGround,
  drawSteady,
  onePerCellAndDay,
  windowTo,
} from "#tests/support/watched-ground.ts";

const { days } = watchSettings;
const daily = alertLevel(30);
const percent = (hits: number, of: number) => `${((100 * hits) / of).toFixed(1)}%`;

test("with no effect one look in 365 is an alert at most, and p is right", () => {
  const runs = 200;
  const tally = { alerts: 0, underTwentieth: 0 };
  for (let run = 1; run <= runs; run += 1) {
    const random = createRandom(run);
    const reports = drawSteady(drawGround(random), random, { from: 1, to: days, perDay: 2 });
    const found = lookForClusters({ reports, level: daily, seed: run });
    tally.alerts += found.clusters.length > 0 ? 1 : 0;
    tally.underTwentieth += (found.strongestP ?? 1) <= 0.05 ? 1 : 0;
  }
  console.info(
    `${runs} looks without effect, level ${percent(daily.level, 1)}: ${percent(tally.alerts, runs)} were alerts; p <= .05 in ${percent(tally.underTwentieth, runs)}`,
  );
  expect(tally.alerts).toBeLessThanOrEqual(3);
  expect(tally.underTwentieth / runs).toBeLessThanOrEqual(0.085);
});

test("with no effect, looked at each day for years, there is about one alert a year at most", () => {
  const [years, yearDays] = [2, 365];
  let [looks, alerts] = [0, 0];
  for (let year = 1; year <= years; year += 1) {
    const random = createRandom(1_000 + year);
    const all = drawSteady(drawGround(random), random, {
      from: 1,
      to: days + yearDays,
      perDay: 1.2,
    });
    const raised: FollowedAlert[] = [];
    for (let today = days; today < days + yearDays; today += 1) {
      const reports = windowTo(all, today);
      const { clusters } = lookForClusters({
        reports,
        level: daily,
        seed: today,
      });
      looks += clusters.length > 0 ? 1 : 0;
      for (const cluster of clusters) {
        const dateOf = (day: number) => addDays("2021-01-01", today - days + day);
        const seen = {
          cells: cluster.cells.map(({ cell }) => cell),
          firstDay: dateOf(cluster.firstDay),
          lastDay: dateOf(cluster.lastDay),
          observed: cluster.observed,
        };
        // Somebody closes each at once, so that it can come again as a new one.
        const isNew = followCluster(seen, raised).is === "new";
        if (isNew) raised.push({ id: raised.length, state: "closed", ...seen });
      }
    }
    alerts += raised.length;
  }
  console.info(
    `${years} years of daily looks without effect: ${looks} looks saw a cluster at the level, ${alerts} distinct alerts; said: at most ${daily.falseAlertsPerYear.toFixed(2)} a year`,
  );
  expect(alerts / years).toBeLessThanOrEqual(2);
});

test.each([
  { perDay: 2, count: 18, lastDays: 14, least: 0.75 },
  { perDay: 2, count: 12, lastDays: 14, least: 0.35 },
  { perDay: 0.5, count: 8, lastDays: 14, least: 0.08 },
])(
  "a cluster of $count reports in $lastDays days beside $perDay a day is found in time",
  ({ perDay, count, lastDays, least }) => {
    const runs = 200;
    let [found, right] = [0, 0];
    for (let run = 1; run <= runs; run += 1) {
      const random = createRandom(20_000 + run);
      const ground = drawGround(random);
      const around = ground.cells[random.integer(ground.cells.length)] as H3Cell;
      const planted = drawCluster(around, random, { count, lastDays });
      const steady = drawSteady(ground, random, { from: 1, to: days, perDay });
      const reports = onePerCellAndDay([...steady, ...planted]);
      const { clusters } = lookForClusters({
        reports,
        level: daily,
        seed: run,
      });
      found += clusters.length > 0 ? 1 : 0;
      const at = new Set(planted.map(({ cell }) => cell));
      right += clusters.some(({ cells }) => cells.some(({ cell }) => at.has(cell))) ? 1 : 0;
    }
    console.info(
      `${count} reports in ${lastDays} days beside ${perDay} a day: found in ${percent(found, runs)} of ${runs} runs, there in ${percent(right, runs)}`,
    );
    expect(right / runs).toBeGreaterThanOrEqual(least);
    expect(found - right).toBeLessThanOrEqual(0.02 * runs);
  },
);
