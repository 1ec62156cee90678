import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import { debriefsReply } from "#core/patrols/wire/debrief.ts";
import { roles } from "#core/role.ts";
import { hourMs } from "#core/time/zone.ts";
import { ownerActor, wrapDatabase } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { importPositionsCommand } from "#server/patrols/commands/import-positions.ts";
import { positionsCommand } from "#server/patrols/commands/positions.ts";
import type { PositionImport } from "#server/patrols/positions/import-positions.ts";
import { insertWindows, setAgreed, windowsOfPlans } from "#server/patrols/queries/patrol-windows.ts";
import {
  insertPositionDays,
  insertPositionDose,
  insertPositionImport,
} from "#server/patrols/queries/position-dose.ts";
import { fillPlaces } from "#server/places/load.ts";
import { runRetention } from "#server/upkeep/retention/run-retention.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { single } from "#tests/support/outreach.ts";
import { agreedShift } from "#tests/support/past-shift.ts";
import { addSession, giveCalendar, planAsAt } from "#tests/support/plan-database.ts";
import { asCsv, asGpx, asNmea, type LoggedFix, standing } from "#tests/support/positions.ts";

const day = "2021-11-22";
const spanOf = (date: string) => ({
  start: `${date}T14:00:00+00:00`,
  end: `${date}T22:00:00+00:00`,
});
const here = { lat: 51.6179, lng: -0.0631 };

onOneEngine(
  "recorded positions",
  ({ db }) => {
    let app: TestApp;
    let folder: string;
    let shift: Awaited<ReturnType<typeof agreedShift>>;
    let earlier: typeof shift;
    beforeAll(async () => {
      await db().transaction(ownerActor, (tx) => writeSetting(tx, "demo", { asAt: planAsAt }));
      app = await openTestApp(db());
      folder = await mkdtemp(join(tmpdir(), "boxster-positions-"));
      shift = await agreedShift(db(), day);
      earlier = await agreedShift(db(), "2021-11-15");
    });
    afterAll(async () => {
      await app.close();
      await rm(folder, { recursive: true });
    });

    async function bringIn(
      files: readonly string[],
      values: Readonly<Record<string, string | boolean>> = {},
      services = app.services,
    ): Promise<{ json: PositionImport; text: readonly string[]; exit?: 0 | 1 }> {
      const paths = await Promise.all(
        files.map(async (text, index) => {
          const path = join(folder, `unit-SECRETFILE-${index}.log`);
          await writeFile(path, text);
          return path;
        }),
      );
      const done = await runCommand(services, importPositionsCommand, {
        positionals: paths,
        values,
      });
      return { ...done, json: done.json as PositionImport };
    }
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

    /** An hour of each device in one place, one fix every 30 s. */
    const hour = (devices: readonly string[], over: Partial<Parameters<typeof standing>[1]> = {}) =>
      devices.flatMap((device) =>
        standing(device, { from: `${day}T14:00:00Z`, every: 30, count: 121, ...here, ...over }),
      );
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

    test("GPX, NMEA and several files of one device each say the same as one table", async () => {
      const files = three.map((device) => asGpx(hour([device])));
      const one = await bringIn(files, { "device-per-file": true });
      expect(one.json).toMatchObject({ devices: 3, minutes: 180, stored: { days: 1, cells: 1 } });
      const rows = await stored();
      await remove(one.json.import);
      const two = await bringIn([asNmea(hour(three))], { refresh: "30" });
      expect(two.json).toMatchObject({ devices: 3, minutes: 180, skipped: 363 });
      expect(await stored()).toEqual(rows);
      await remove(two.json.import);
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
      const locked: boolean[] = [];
      const watched = wrapDatabase(db(), (actor, work, options) =>
        db().transaction(
          actor,
          (tx) =>
            work({
              ...tx,
              query: async (text, values) => {
                if (/(?:from|into) position_import\b/.test(text)) {
                  const held = await tx.query<{ id: number }>(
                    "select objid::int as id from pg_locks where locktype = 'advisory' and granted",
                    [],
                  );
                  locked.push(held.some(({ id }) => id === 7_313));
                }
                return tx.query(text, values);
              },
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
        [
          trips
            .flat()
            .map((fix) => asNmea([fix]).replaceAll(/^[^,]+/gm, new Date(fix.at).toISOString()))
            .join("\r\n"),
        ],
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
          "1 day not stored: fewer than 3 devices. Import all logs of a day together.",
        );
      }
      expect(await stored()).toEqual([]);
    });

    test("SAFEGUARDS 5: the database refuses a day of two devices and a cell passed through, whoever asks", async () => {
      const band = { minutes: 60, low: 58, high: 62, date: day };
      const cell = shift.cells.flat()[0] as H3Cell;
      const write = (devices: number, minutes: number) =>
        db().transaction(ownerActor, async (tx) => {
          const given = { at: 0, person: "test", refresh: 30, hashes: ["of a test"] };
          const id = await insertPositionImport(tx, given);
          await insertPositionDays(tx, id, [{ ...band, devices }]);
          await insertPositionDose(tx, id, [
            { ...band, cell, visits: 0, minutes, low: minutes, high: minutes },
          ]);
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
      await expect(broken).rejects.toThrow("Nothing was stored.");
      expect(await stored()).toEqual([]);
      await expect(bringIn([good], { refresh: "0" })).rejects.toThrow("1 to 120");
      await expect(bringIn([good], { profile: "nobody" })).rejects.toThrow("no profile");
      const none = await bringIn(["time,lat,lon\nsoon,51.6,-0.06\n"]);
      expect(none.exit).toBe(1);
    });

    test("SAFEGUARDS 5: a sergeant is told of whole weeks that are over, by no route of a day or two", async () => {
      const [cell] = shift.cells.flat() as H3Cell[];
      const [lng, lat] = cellCentre(cell as H3Cell);
      const sergeant = await app.as("sergeant");
      for (const date of ["2021-11-15", day]) {
        const saved = await sergeant.send("PUT", "/api/debriefs", { ...spanOf(date), except: [] });
        expect(saved.statusCode, saved.body).toBe(200);
      }
      const told = async (from: string, days: number) => {
        const { body } = await sergeant.get(`/api/debriefs?from=${from}&days=${days}`);
        const { recorded, dose } = debriefsReply.parse(JSON.parse(body));
        const minutes = dose.flatMap((row) => row.recorded?.minutes ?? []);
        expect(recorded === null).toBe(minutes.length === 0);
        return recorded && { ...recorded, most: Math.max(...minutes) };
      };
      const dates = ["2021-11-15", "2021-11-16", "2021-11-21", day, "2021-11-23", "2021-11-24"];
      const on = (some: readonly string[]) =>
        bringIn([asCsv(some.flatMap((d) => hour(three, { from: `${d}T14:00:00Z`, lat, lng })))]);
      const { json } = await on(dates);
      expect(json.stored.days).toBe(6);
      for (const date of [...dates, "2021-11-14"]) {
        expect(await told(date, 1), date).toBeNull();
        expect(await told(date, 6), date).toBeNull();
      }
      const week = { days: 3, minutes: 540, most: 540 };
      // The week of 22 November is not over on the 26th.
      for (const [from, days] of [
        ["2021-11-15", 7],
        ["2021-11-14", 8],
        ["2021-11-09", 13],
        ["2021-11-15", 13],
        ["2021-11-15", 14],
        ["2021-11-13", 14],
        ["2021-11-01", 31],
      ] as const) {
        expect(await told(from, days), `${from} ${days}`).toEqual(week);
      }
      expect(await told("2021-11-16", 12)).toBeNull();
      await remove(json.import);
      // Of one or two days the sum of a week would say where police were on a day.
      const two = await on(dates.slice(0, 2));
      expect(await told("2021-11-15", 14)).toBeNull();
      await remove(two.json.import);
    });

    test("are beside what was planned and logged, by place, with their band", async () => {
      const cells = earlier.cells.flat();
      const [first] = cells;
      const [lng, lat] = cellCentre(first as H3Cell);
      const sergeant = await app.as("sergeant");
      const saved = await sergeant.send("PUT", "/api/debriefs", {
        ...spanOf("2021-11-15"),
        except: [],
      });
      expect(saved.statusCode, saved.body).toBe(200);
      const reply = async (from: string, days = 14) =>
        debriefsReply.parse((await sergeant.get(`/api/debriefs?from=${from}&days=${days}`)).json());
      expect(await reply("2021-11-15")).toMatchObject({ recorded: null });
      const log = [15, 16, 17].flatMap((date) =>
        hour(three, { from: `2021-11-${date}T14:00:00Z`, lat, lng, count: 81 }),
      );
      const { json } = await bringIn([asCsv(log)]);
      const { dose, recorded } = await reply("2021-11-15");
      expect(recorded).toEqual({ days: 3, minutes: 360 });
      expect(dose.find(({ cell }) => cell === first)?.recorded).toEqual({
        ...{ minutes: 360, low: 357, high: 363 },
        plannedMinutes: 15,
      });
      expect(dose.find(({ cell }) => cell === cells[1])?.recorded).toEqual({
        ...{ minutes: 0, low: 0, high: 0 },
        plannedMinutes: 15,
      });
      await remove(json.import);
    });

    test("are beside every stop planned on those days: of shifts not debriefed, and of the night before", async () => {
      const [cell] = earlier.cells.flat() as H3Cell[];
      const [lng, lat] = cellCentre(cell as H3Cell);
      await agreedShift(db(), "2021-11-17");
      // From 14:00 on the Sunday before; its patrol arrives at 00:00 on the Monday.
      const night = await agreedShift(db(), "2021-11-14");
      await db().transaction(ownerActor, async (tx) => {
        const later = (at: number) => at + 10 * hourMs;
        const [window] = await windowsOfPlans(tx, [night.planId]);
        if (window === undefined) throw new RangeError("A shift without a patrol");
        const moved = {
          ...window,
          label: "w9",
          start: later(window.start),
          end: later(window.end),
          shiftEnd: later(window.shiftEnd),
          stops: window.stops.map((stop) => ({
            ...stop,
            arrive: later(stop.arrive),
            depart: later(stop.depart),
          })),
        };
        await insertWindows(tx, night.planId, [moved]);
        const rows = await windowsOfPlans(tx, [night.planId]);
        const ids = rows.filter(({ label }) => label === "w9").map(({ id }) => id);
        await setAgreed(tx, ids, window.start);
      });
      const log = [15, 16, 17].flatMap((date) =>
        hour(three, { from: `2021-11-${date}T00:00:00Z`, lat, lng }),
      );
      const { json } = await bringIn([asCsv(log)]);
      const sergeant = await app.as("sergeant");
      const got = await sergeant.get("/api/debriefs?from=2021-11-15&days=14");
      const { dose } = debriefsReply.parse(got.json());
      // A quarter of an hour each: debriefed on Monday, not debriefed on Wednesday, of the night to Monday.
      expect(dose.find((row) => row.cell === cell)?.recorded).toMatchObject({
        minutes: 540,
        plannedMinutes: 45,
      });
      await remove(json.import);
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
