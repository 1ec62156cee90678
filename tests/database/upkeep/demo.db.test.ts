import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import type { StreetLine } from "#core/places/streets/line.ts";
import { noSegment, otherStreets } from "#core/records/event-street.ts";
import { createZone } from "#core/time/zone.ts";
import { createAsAt } from "#server/acts/services.ts";
import { databaseCommands } from "#server/app/commands.ts";
import type { Command } from "#server/cli/command.ts";
import { ownerActor } from "#server/db/database.ts";
import { usedTables } from "#server/db/emptiness.ts";
import { createStreets, type OpenStreets } from "#server/places/streets/streets.ts";
import { calendarState } from "#server/protected-time/calendars.ts";
import { loadEventColumns, loadStreetEvents } from "#server/records/queries/events.ts";
import { loadDemo } from "#server/upkeep/demo/load.ts";
import { placeDemo } from "#server/upkeep/demo/place-demo.ts";
import { testServices } from "#tests/support/app.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine, openTestDatabase } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { keepStreets } from "#tests/support/kept-graph.ts";
import { testFolder } from "#tests/support/scratch.ts";
import { blockOf, streetFile } from "#tests/support/streets.ts";

const zone = createZone("Europe/London");
const silent = () => undefined;

onEachEngine(
  "the demonstration",
  ({ db, engine }) => {
    const services = () => ({ db: db(), zone, asAt: createAsAt(zone, () => Date.now()) });

    test("every event is known on the as-at date, which the tool now takes for today", async () => {
      const asAt = createAsAt(zone, () => Date.UTC(2031, 4, 1, 12));
      await asAt.refresh(db());
      expect(asAt.demo).toBe(true);
      expect(asAt.date()).toBe("2021-11-26");
      const columns = await db().transaction(ownerActor, (tx) =>
        loadEventColumns(tx, { before: zone.startOfDate("2021-11-27") }),
      );
      expect(columns.length).toBe(2_519 + 63 + 141);
    });

    test("the three calendars are fresh, so that next week can be planned", async () => {
      const state = await db().transaction(ownerActor, (tx) =>
        calendarState(tx, {
          zone,
          planFrom: zone.startOfDate("2021-11-29"),
          planTo: zone.startOfDate("2021-12-06"),
          now: zone.startOfDate("2021-11-26") + 10 * 3_600_000,
        }),
      );
      expect(state).toMatchObject({ ok: true, assumed: false });
    });

    test("protected time reaches from the first session to the horizon, over the clock change", async () => {
      const [row] = await db().transaction(ownerActor, (tx) =>
        tx.query<{ first: string; last: string; cells: number; sessions: number }>(
          `select to_char(min(lower(during)) at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI') as "first",
                  to_char(max(upper(during)) at time zone 'Europe/London', 'YYYY-MM-DD') as "last",
                  count(distinct cell)::int as "cells",
                  count(distinct session_id)::int as "sessions"
           from occupancy where kind = 'protected' and active`,
        ),
      );
      expect(row?.first).toBe("2021-10-04 20:30");
      expect(row?.last && row.last > "2022-05-15").toBe(true);
      expect(row?.sessions).toBe(9);
      expect(row?.cells).toBeGreaterThan(200);
    });

    test("no one is told of a late session, and no venue is in any table", async () => {
      const [notices] = await db().transaction(ownerActor, (tx) =>
        tx.query<{ count: number }>('select count(*)::int as "count" from session_notice'),
      );
      expect(notices?.count).toBe(0);
      const places = await db().transaction(ownerActor, (tx) =>
        tx.query<{ row: string }>(`select to_jsonb(saved_place)::text as "row" from saved_place`),
      );
      expect(places).toHaveLength(8);
      for (const { row } of places) expect(row).not.toMatch(/51\.\d{3}|-0\.0\d/);
    });

    test("streets that come in after it are matched once, and the log says so", async () => {
      const folder = testFolder("demo-streets");
      const streets = createStreets(folder);
      const asAt = createAsAt(zone, () => Date.now());
      await asAt.refresh(db());
      const match = () => placeDemo({ db: db(), asAt, streets });
      const keep = async (lines: readonly StreetLine[]) => {
        const graph = buildGraph(lines);
        const source = { name: "a", attribution: null } as const;
        await keepStreets(folder, graph, source);
        const { network } = (await streets.now()) as OpenStreets;
        const range = { before: zone.startOfDate("2021-11-27") };
        const load = async () => {
          const found = await db().transaction(ownerActor, (tx) =>
            loadStreetEvents(tx, range, network),
          );
          return [...found.segment];
        };
        return { load, segments: graph.from.length };
      };
      expect(await match()).toBe(0);

      const { load, segments } = await keep(blockOf(9));
      expect((await load()).filter((segment) => segment !== noSegment)).toEqual([]);
      const before = await lastId(db());
      const placed = await match();
      const found = await load();
      expect(placed).toBeGreaterThan(100);
      expect(found.filter((segment) => segment >= 0 && segment < segments)).toHaveLength(placed);
      expect(await linesAfter(db(), before)).toMatchObject([
        { act: "place the demonstration on streets", outcome: "done" },
      ]);
      expect([await match(), await load()]).toEqual([0, found]);
      expect(await linesAfter(db(), before)).toHaveLength(1);

      // Other streets have other numbers: none is read as one of those before.
      const other = await keep(blockOf(5));
      const again = await match();
      const now = await other.load();
      expect(again).toBeGreaterThan(0);
      expect(now.filter((segment) => segment >= 0)).toHaveLength(again);
      expect(now.filter((segment) => segment === otherStreets)).toEqual([]);
    });

    test("streets that are added by command are matched at once", async () => {
      const folder = testFolder("demo-streets");
      const file = join(folder, "block.geojson");
      const features = blockOf(9).map(({ name, line }) => ({
        coordinates: line,
        properties: { name },
      }));
      await writeFile(file, streetFile(features));
      const command = databaseCommands.find(({ name }) => name === "streets") as Command;
      const given = await testServices(db(), { dataFolder: folder });
      const { text } = await runCommand(given, command, { positionals: ["add", file] });
      expect(text.at(-1)).toMatch(/^\d+ made-up events now have a street\.$/);
    });

    test("it is loaded once, and all of it or nothing", async () => {
      await expect(loadDemo(services(), silent)).rejects.toThrow("already");
    });

    test("a database that held real rows once is refused even when they are gone", async () => {
      const other = await openTestDatabase(engine);
      try {
        const real = { ...services(), db: other.db };
        await other.db.transaction(ownerActor, async (tx) => {
          expect(await usedTables(tx)).toEqual([]);
          await tx.query(
            "insert into batch (person, file_name, profile) values ('someone', 'real.csv', 'table')",
          );
          await tx.query("delete from batch");
        });
        await expect(loadDemo(real, silent)).rejects.toThrow("has been used (batch)");
        const [count] = await other.db.transaction(ownerActor, (tx) =>
          tx.query<{ count: number }>('select count(*)::int as "count" from event'),
        );
        expect(count?.count).toBe(0);
      } finally {
        await other.drop();
      }
    });
  },
  fillDemo,
);
