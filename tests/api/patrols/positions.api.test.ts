import { beforeAll, expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import { roles } from "#core/role.ts";
import { ownerActor, wrapDatabase } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { type Sql, statementOf } from "#server/db/sql.ts";
import { positionsCommand } from "#server/patrols/commands/positions.ts";
import { insertPositions } from "#server/patrols/positions/import-positions.ts";
import { fillPlaces } from "#server/places/load.ts";
import { runRetention } from "#server/upkeep/retention/run-retention.ts";
import { appWith } from "#tests/support/app-with.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { single } from "#tests/support/outreach.ts";
import { agreedShift } from "#tests/support/past-shift.ts";
import { addSession, giveCalendar, planAsAt } from "#tests/support/plan-database.ts";
import { hourOf, importLogs } from "#tests/support/position-import.ts";
import { asCsv, asGpx, type LoggedFix } from "#tests/support/positions.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const day = "2021-11-22";

onOneEngine(
  "recorded positions",
  ({ db }) => {
    const app = appWith(db);
    const folder = scratchFolder("positions");
    let shift: Awaited<ReturnType<typeof agreedShift>>;
    beforeAll(async () => {
      await db().transaction(ownerActor, (tx) => writeSetting(tx, "demo", { asAt: planAsAt }));
      shift = await agreedShift(db(), day);
    });

    const bringIn = (
      files: readonly string[],
      values: Readonly<Record<string, string | boolean>> = {},
      services = app.services,
    ) => importLogs(services, folder, files, values);
    const stored = () =>
      db().transaction(ownerActor, (tx) =>
        tx.query<{ date: string; cell: string; minutes: number; visits: number }>(
          `select to_char(day, 'YYYY-MM-DD') as "date", to_hex(cell) as "cell",
             minutes::float8 as "minutes", visit_count as "visits"
           from position_dose
           order by day, cell`,
        ),
      );
    const remove = (id: number | null) =>
      runCommand(app.services, positionsCommand, { positionals: ["remove", String(id)] });

    const hour = hourOf(day);
    const three = ["SECRET-A", "SECRET-B", "SECRET-C"];

    test("become minutes and visits by cell and day; a line says numbers alone", async () => {
      const before = await lastId(db());
      const { json, text, exit } = await bringIn([asCsv(hour(three))]);
      expect(exit).toBe(0);
      expect(json).toMatchObject({
        fixes: 363,
        accepted: 363,
        rejected: 0,
        devices: 3,
        minutes: 180,
        cells: 1,
        visits: 3,
        gaps: 0,
        outside: 0,
        refresh: 30,
        stored: { days: 1, cells: 1 },
        withheldDays: 0,
        errors: [],
      });
      expect(json.low).toBeGreaterThan(178);
      expect(json.high).toBeLessThan(182);
      expect(json.seconds).toBeGreaterThan(0);
      expect(text[0]).toBe("363 fixes: 363 accepted, 0 rejected, from 3 devices (one every 30 s).");
      expect(await stored()).toEqual([
        { date: day, cell: expect.stringMatching(/^8a/), minutes: 180, visits: 3 },
      ]);
      const lines = await linesAfter(db(), before);
      expect(lines).toMatchObject([
        { act: "import positions", verb: "collection", outcome: "done" },
      ]);
      expect(Object.keys(JSON.parse(lines[0]?.detail ?? "")).sort()).toEqual([
        "accepted",
        "cells",
        "days",
        "devices",
        "fixes",
        "import",
        "rejected",
        "withheldDays",
      ]);
      await expect(bringIn([asCsv(hour(three))])).rejects.toThrow("came in with import");
      expect((await stored()).length).toBe(1);
      const listed = await runCommand(app.services, positionsCommand, { positionals: ["list"] });
      expect(listed.text).toEqual([
        `${json.import}: ${day} to ${day}, 1 day, 180 minutes, by tester`,
      ]);
      await remove(json.import);
      expect(await stored()).toEqual([]);
      await expect(remove(json.import)).rejects.toThrow("There is no import");
    });

    test("several GPX files of one device each say the same as one table; NMEA is refused with the way out", async () => {
      const files = three.map((device) => asGpx(hour([device])));
      const one = await bringIn(files, { "device-per-file": true });
      expect(one.json).toMatchObject({ devices: 3, minutes: 180, stored: { days: 1, cells: 1 } });
      const rows = await stored();
      await remove(one.json.import);
      const two = await bringIn([asCsv(hour(three))]);
      expect(await stored()).toEqual(rows);
      await remove(two.json.import);
      const log = "CAR1,$GPRMC,120000,A,5137.0740,N,00003.7860,W,0,0,051121,,*1D";
      await expect(bringIn([log])).rejects.toThrow("Save it as GPX");
      expect(await stored()).toEqual([]);
    });

    test("files without a device are devices only where that is said, and days that were recorded before add up: both are said", async () => {
      const bare = (minute: number) =>
        asCsv(hour(["x"], { from: `${day}T15:0${minute}:00Z` }))
          .replaceAll(",x,", ",")
          .replace(",device,", ",");
      const unsure = await bringIn([bare(0), bare(1), bare(2)]);
      expect(unsure.json).toMatchObject({ unnamedFiles: 3, withheldDays: 1, import: null });
      expect(unsure.text.join("\n")).toContain(
        "3 files without a device: not counted towards the 3 devices that a day needs. If each is from a device of its own, give --device-per-file",
      );
      const each = { "device-per-file": true };
      const first = await bringIn([bare(0), bare(1), bare(2)], each);
      expect(first.text).toContain("3 files without a device: each counts as one device.");
      expect(first.json).toMatchObject({ devices: 3, unnamedFiles: 3, sharedDays: 0 });
      const second = await bringIn([asCsv(hour(three))]);
      expect(second.json).toMatchObject({ unnamedFiles: 0, sharedDays: 1 });
      expect(second.text).toContain("1 day had patrol time of other imports: the minutes add up.");
      expect((await stored()).map(({ minutes }) => minutes)).toEqual([180, 180]);
      await remove(first.json.import);
      await remove(second.json.import);
    });

    test("that come in twice at once wait for each other, and count once", async () => {
      const log = asCsv(hour(three));
      const tries = await Promise.allSettled([bringIn([log]), bringIn([log])]);
      const done = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value.json] : []));
      expect(done).toHaveLength(1);
      expect((await stored()).map(({ minutes }) => minutes)).toEqual([180]);
      await remove(done[0]?.import ?? null);
      // An embedded database has one transaction at a time, so that the lock itself must be seen.
      // No role of the tool may ask who holds one, so that it is seen as it is taken.
      const locked: boolean[] = [];
      let holdsLock = false;
      const seen = (query: Sql) => {
        const { sql: text } = statementOf(query);
        if (/(?:from|into) position_import\b/.test(text)) locked.push(holdsLock);
        holdsLock ||= text.includes("pg_advisory_xact_lock(7313)");
        return query;
      };
      const watched = wrapDatabase(db(), (actor, work, options) =>
        db().transaction(
          actor,
          (tx) =>
            work({
              ...tx,
              run: (query) => tx.run(seen(query)),
              value: (field, query) => tx.value(field, seen(query)),
              one: (row, query) => tx.one(row, seen(query)),
            }),
          options,
        ),
      );
      const { json } = await bringIn([log], {}, { ...app.services, db: watched });
      expect(locked).toEqual([true, true]);
      await remove(json.import);
    });

    test("SAFEGUARDS 5: trips of one device, files of one logger and numbers of rows are no three devices", async () => {
      const trips = ["Morning", "Lunch", "Evening"].map((trip, index) =>
        hour([trip], { from: `${day}T1${3 * index}:00:00Z` }),
      );
      const ways: readonly (readonly string[])[] = [
        [asGpx(trips.flat())],
        trips.map(asGpx),
        [asCsv(trips.flat()).replace("device", "track")],
        trips.map((trip) => asCsv(trip).replace("device", "id")),
      ];
      for (const [index, way] of ways.entries()) {
        const { json } = await bringIn(way);
        expect(json, String(index)).toMatchObject({ accepted: 363, withheldDays: 1, import: null });
      }
      const twice = bringIn([asGpx(hour(["x"])), asGpx(hour(["x"]))], { "device-per-file": true });
      await expect(twice).rejects.toThrow("File 2 is the same as file 1; give it once");
      const rows = asCsv(hour(three)).split("\n");
      const numbered = rows.map((row, at) => row.replace(/SECRET-./, String(at))).join("\n");
      await expect(bringIn([numbered])).rejects.toThrow("363 devices in 363 fixes");
      expect(await stored()).toEqual([]);
    });

    test("SAFEGUARDS 5: of one or two devices nothing is stored, and the command says so", async () => {
      for (const devices of [three.slice(0, 1), three.slice(0, 2)]) {
        const { json, text, exit } = await bringIn([asCsv(hour(devices))]);
        expect(json).toMatchObject({ import: null, withheldDays: 1, minutes: 60 * devices.length });
        expect(exit).toBe(0);
        expect(text).toContain(
          "1 day not stored: fewer than 3 devices with 30 minutes counted in the area. Import all logs of a day together.",
        );
      }
      // Three devices whose time is lost to gaps: that is said, and not that they are too few.
      const seldom = await bringIn([asCsv(hour(three, { every: 600, count: 7 }))], {
        refresh: "30",
      });
      expect(seldom.text.join("\n")).toContain(
        "If devices send more seldom than that, give --refresh.",
      );
      expect(await stored()).toEqual([]);
    });

    test("SAFEGUARDS 5: the database refuses a day of two devices and a cell passed through, whoever asks", async () => {
      const band = { minutes: 60, low: 58, high: 62, date: day };
      const cell = shift.cells.flat()[0] as H3Cell;
      const write = (devices: number, minutes: number) =>
        db().transaction(ownerActor, async (tx) => {
          const given = { at: 0, person: "test", refresh: 30, hashes: ["of a test"] };
          await insertPositions(tx, given, {
            days: [{ ...band, devices }],
            cells: [{ ...band, cell, visits: 0, minutes, low: minutes, high: minutes }],
          });
        });
      await expect(write(2, 60)).rejects.toThrow("position_day_device_count_least");
      await expect(write(3, 2.9)).rejects.toThrow("position_dose_minutes_least");
      expect(await stored()).toEqual([]);
    });

    test("SAFEGUARDS 5: only sergeants and analysts read recorded patrol time", async () => {
      const { json } = await bringIn([asCsv(hour(three))]);
      for (const role of roles) {
        const actor = { person: "somebody", role, partner: role === "partner" ? "a" : null };
        const read = db().transaction(actor, (tx) =>
          tx.query<{ minutes: number }>("select minutes::float8 as minutes from position_dose"),
        );
        const isPolice = ["sergeant", "analyst", "operator", "system"].includes(role);
        if (isPolice) expect(await read, role).toEqual([{ minutes: 180 }]);
        else await expect(read, role).rejects.toThrow("permission denied");
      }
      const analyst = await app.as("analyst");
      expect((await analyst.get(`/api/debriefs?from=${day}&days=1`)).statusCode).toBe(403);
      const dose = await analyst.get("/api/dose");
      expect(dose.json<{ minutes: number[] }>().minutes).not.toContain(180);
      await remove(json.import);
    });

    test("bad lines are named with line and reason; a file that cannot be read stores nothing", async () => {
      const good = asCsv(hour(three));
      const { json, text } = await bringIn([`${good}2021-11-22T25:00:00Z,SECRET-A,51.6,-0.06\n`]);
      expect(json).toMatchObject({ fixes: 364, accepted: 363, rejected: 1 });
      expect(text.join("\n")).toContain("Line 365, time");
      expect(text.join("\n")).not.toContain("SECRET");
      await remove(json.import);
      const broken = bringIn([good, `${good}"never closed`]);
      await expect(broken).rejects.toThrow("Nothing was saved.");
      expect(await stored()).toEqual([]);
      await expect(bringIn([good], { refresh: "0" })).rejects.toThrow("1 to 120");
      await expect(bringIn([good], { profile: "nobody" })).rejects.toThrow("no profile");
      const none = await bringIn(["time,lat,lon\nsoon,51.6,-0.06\n"]);
      expect(none.exit).toBe(1);
    });

    test("are never kept longer than a year: older days are not stored, and go", async () => {
      const old = hour(three, { from: "2020-11-20T14:00:00Z" });
      const { json } = await bringIn([asCsv([...old, ...hour(three)])]);
      expect(json).toMatchObject({ oldDays: 1, stored: { days: 1 } });
      const later = { ...app.services, asAt: { ...app.services.asAt, demo: true } };
      const at = (iso: string) => ({
        ...later,
        asAt: { ...later.asAt, now: () => Date.parse(iso) },
      });
      await runRetention(at("2022-11-23T12:00Z"));
      expect((await stored()).length).toBe(1);
      const before = await lastId(db());
      await runRetention(at("2022-11-24T12:00Z"));
      expect(await stored()).toEqual([]);
      expect(await linesAfter(db(), before)).toMatchObject([
        { act: "erase recorded patrol time", verb: "erasure", person: "system" },
      ]);
    });

    test("names of devices and files are in no table and no line of the log", async () => {
      const { json } = await bringIn([asCsv(hour(three))]);
      const found = await db().transaction(ownerActor, async (tx) => {
        const tables = await tx.query<{ name: string }>(
          `select c.relname as "name" from pg_class c
           where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
             and c.relname <> 'spatial_ref_sys'`,
        );
        const hits: string[] = [];
        for (const { name } of tables) {
          const rows = await tx.query<{ n: number }>(
            `select count(*)::int as n from ${name} where ${name}::text ilike '%SECRET%'`,
          );
          if ((rows[0]?.n ?? 0) > 0) hits.push(name);
        }
        return hits;
      });
      expect(found).toEqual([]);
      await remove(json.import);
    });

    test("SAFEGUARDS 5: what is stored and said is the same with and without protected time there", async () => {
      const log: LoggedFix[] = hour(three);
      const said = async () => {
        const { json } = await bringIn([asCsv(log)]);
        const rows = await stored();
        await remove(json.import);
        const { seconds: _, import: __, ...rest } = json;
        return { rest, rows };
      };
      const before = await said();
      const now = Date.parse("2021-11-20T12:00Z");
      const { partnerId, place } = await giveCalendar(db(), now);
      const rule = single(day, "13:30", "16:00");
      await addSession(db(), now, { partnerId, placeId: place.id, rule });
      expect(place.cells).toContain(before.rows[0]?.cell);
      expect(await said()).toEqual(before);
    });
  },
  fillPlaces,
);
