import { beforeAll, expect, test } from "vitest";
import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import { debriefsReply } from "#core/patrols/wire/debrief.ts";
import { hourMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { positionsCommand } from "#server/patrols/commands/positions.ts";
import {
  insertWindows,
  setAgreed,
  windowsOfPlans,
} from "#server/patrols/queries/patrol-windows.ts";
import { fillPlaces } from "#server/places/load.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { agreedShift } from "#tests/support/past-shift.ts";
import { planAsAt } from "#tests/support/plan-database.ts";
import { hourOf, importLogs } from "#tests/support/position-import.ts";
import { asCsv } from "#tests/support/positions.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const day = "2021-11-22";
const three = ["A", "B", "C"];
const hour = hourOf(day);
const spanOf = (date: string) => ({
  start: `${date}T14:00:00+00:00`,
  end: `${date}T22:00:00+00:00`,
});

onOneEngine(
  "recorded positions in a debrief",
  ({ db }) => {
    const app = appWith(db);
    const folder = scratchFolder("positions");
    let shift: Awaited<ReturnType<typeof agreedShift>>;
    let earlier: typeof shift;
    beforeAll(async () => {
      await db().transaction(ownerActor, (tx) => writeSetting(tx, "demo", { asAt: planAsAt }));
      shift = await agreedShift(db(), day);
      earlier = await agreedShift(db(), "2021-11-15");
    });

    const remove = (id: number | null) =>
      runCommand(app.services, positionsCommand, { positionals: ["remove", String(id)] });

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
        importLogs(app.services, folder, [
          asCsv(some.flatMap((d) => hour(three, { from: `${d}T14:00:00Z`, lat, lng }))),
        ]);
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
      const { json } = await importLogs(app.services, folder, [asCsv(log)]);
      const { dose, recorded } = await reply("2021-11-15");
      expect(recorded).toEqual({ days: 3, minutes: 360 });
      expect(dose.find(({ cell }) => cell === first)?.recorded).toEqual({
        minutes: 360,
        low: 357,
        high: 363,
        plannedMinutes: 15,
      });
      expect(dose.find(({ cell }) => cell === cells[1])?.recorded).toEqual({
        minutes: 0,
        low: 0,
        high: 0,
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
      const { json } = await importLogs(app.services, folder, [asCsv(log)]);
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
  },
  fillPlaces,
);
