import { expect, test } from "vitest";
import type { ControlDaysReply } from "#core/displacement/wire/control-days.ts";
import {
  cellAt,
  cellCentre,
  eventResolution,
  type H3Cell,
  parentCell,
  zoneResolution,
} from "#core/geo/cell.ts";
import { drawControlDays } from "#core/patrols/control-days.ts";
import { addDays } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { insertControlDraw } from "#server/patrols/control-days.ts";
import { insertPositions } from "#server/patrols/positions/import-positions.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillReports } from "#tests/support/plan-database.ts";

const url = "/api/displacement/control-days";

onOneEngine(
  "control days compared",
  ({ db }) => {
    const app = appWith(db);
    const analyst = app.caller("analyst");

    test("nothing is over: said so, no figure", async () => {
      const reply = (await analyst.get(url)).json<ControlDaysReply>();
      expect(reply).toMatchObject({ weeks: [], ratio: null, p: null, verdict: "cannot_tell" });
      expect(reply.sentence).toContain("No week with comparison days has finished");
      expect(reply.dose).toMatchObject({ weeks: 0, ratio: null, verdict: "cannot_tell" });
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

    test("weeks that devices recorded whole tell what an hour did, the others nothing", async () => {
      const days = Array.from({ length: 10 }, (_, day) => addDays("2021-11-08", day));
      const band = { minutes: 60, low: 58, high: 62 };
      const [place] = await db().transaction(ownerActor, (tx) =>
        tx.query<{ zone: string }>(
          "select to_hex(zone) as zone from control_day where week = '2021-11-08' order by zone limit 1",
        ),
      );
      const zone = (place?.zone ?? "") as H3Cell;
      const drawn = await db().transaction(ownerActor, (tx) =>
        tx.query<{ day: string }>(
          `select to_char(day, 'YYYY-MM-DD') as day from control_day
           where week = '2021-11-08' and to_hex(zone) = $1`,
          [zone],
        ),
      );
      await db().transaction(ownerActor, async (tx) => {
        const given = { at: 0, person: "test", refresh: 30, hashes: ["of a test"] };
        const cell = cellAt(cellCentre(zone), eventResolution);
        await insertPositions(tx, given, {
          days: days.map((date) => ({ date, devices: 3, ...band })),
          cells: days
            .filter((date) => date !== drawn[0]?.day)
            .map((date) => ({ date, cell, visits: 1, ...band })),
        });
      });
      const { dose } = (await analyst.get(url)).json<ControlDaysReply>();
      expect(dose.weeks).toBe(1);
      expect(dose.controlHours).toBe(0);
      expect(dose.otherHours).toBeCloseTo(1 / 12, 10);
      expect(dose.sentence).toMatch(/hour/);
    });
  },
  fillReports,
);
