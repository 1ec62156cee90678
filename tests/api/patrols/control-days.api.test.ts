import { afterAll, beforeAll, expect, test } from "vitest";
import type { ControlDaysReply } from "#core/displacement/wire/control-days.ts";
import { type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import { drawControlDays } from "#core/patrols/control-days.ts";
import { ownerActor } from "#server/db/database.ts";
import { insertControlDraw } from "#server/patrols/queries/control-days.ts";
import { openTestApp, type TestApp, type TestCaller } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillReports } from "#tests/support/plan-database.ts";

const url = "/api/displacement/control-days";

onOneEngine(
  "control days compared",
  ({ db }) => {
    let app: TestApp;
    let analyst: TestCaller;
    beforeAll(async () => {
      app = await openTestApp(db());
      analyst = await app.as("analyst");
    });
    afterAll(() => app.close());

    test("nothing is over: said so, no figure", async () => {
      const reply = (await analyst.get(url)).json<ControlDaysReply>();
      expect(reply).toMatchObject({ weeks: [], ratio: null, p: null, verdict: "cannot_tell" });
      expect(reply.sentence).toContain("No week with comparison days has finished");
    });

    test("each report of a drawn place counts once, on its own day; the week that runs counts for nothing", async () => {
      const daily = await db().transaction(ownerActor, (tx) =>
        tx.query<{ cell: string; day: string; count: number }>(
          `select to_hex(cell) as "cell",
           to_char((starts_at + (ends_at - starts_at) / 2) at time zone 'Europe/London', 'YYYY-MM-DD') as "day",
           count(*)::int as "count"
         from event
         where source <> 'police' and category <> 'street_sex_work'
           and (kind = 'complaint' or category = 'kerb_crawling')
           and ends_at - starts_at <= interval '24 hours'
         group by 1, 2`,
        ),
      );
      const totals = new Map<H3Cell, number>();
      const byDay = new Map<string, number>();
      for (const { cell, day, count } of daily) {
        if (day < "2021-11-08" || day > "2021-11-21") continue;
        const zone = parentCell(cell as H3Cell, zoneResolution);
        totals.set(zone, (totals.get(zone) ?? 0) + count);
        byDay.set(`${zone} ${day}`, (byDay.get(`${zone} ${day}`) ?? 0) + count);
      }
      const zones = [...totals]
        .sort((a, b) => b[1] - a[1])
        .slice(0, 12)
        .map(([zone]) => zone);
      const draws = ["2021-11-08", "2021-11-15", "2021-11-22"].map((week, index) => ({
        week,
        daysPerPlace: 1,
        places: zones.length,
        seed: index + 1,
      }));
      for (const draw of draws) {
        await db().transaction(ownerActor, (tx) =>
          tx.through("keeper", (keeper) =>
            insertControlDraw(
              keeper,
              { ...draw, at: Date.parse("2021-11-05T09:00Z"), by: "test" },
              drawControlDays({ ...draw, zones }),
            ),
          ),
        );
      }
      const reply = (await analyst.get(url)).json<ControlDaysReply>();
      expect(reply.weeks.map(({ week }) => week)).toEqual(["2021-11-08", "2021-11-15"]);
      const sum = (of: readonly { zone: H3Cell; day: string }[]) =>
        of.reduce((all, { zone, day }) => all + (byDay.get(`${zone} ${day}`) ?? 0), 0);
      const control = draws.slice(0, 2).map((draw) => sum(drawControlDays({ ...draw, zones })));
      expect(reply.weeks.map((week) => week.control)).toEqual(
        control.map((reports) => ({ days: zones.length, reports })),
      );
      const all = zones.reduce((count, zone) => count + (totals.get(zone) ?? 0), 0);
      expect(all).toBeGreaterThan(20);
      expect(reply.control.reports + reply.other.reports).toBe(all);
      expect(reply.other.days).toBe(zones.length * 12);
      expect(reply).toEqual((await analyst.get(url)).json());
    });
  },
  fillReports,
);
