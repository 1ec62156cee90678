import { beforeAll, expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import { doseReply } from "#core/hotspots/wire/dose.ts";
import { hotspotsReply } from "#core/hotspots/wire/hotspots.ts";
import { monthlyFiguresCsv } from "#core/outcomes/outcomes-csv.ts";
import { monthlyFiguresReply } from "#core/outcomes/wire/monthly-figures.ts";
import { roles } from "#core/role.ts";
import { dayMs, minuteMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { insertVisits } from "#server/patrols/visits.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { agreedShift } from "#tests/support/past-shift.ts";

const date = "2021-10-12";
const address = "/api/monthly-figures?month=2021-10";

onOneEngine(
  "the monthly figures",
  ({ db }) => {
    const app = appWith(db);
    let sergeant: TestCaller;
    let analyst: TestCaller;
    beforeAll(async () => {
      [sergeant, analyst] = [await app.as("sergeant"), await app.as("analyst")];
      await agreedShift(db(), date);
    });

    const read = async (caller: TestCaller, query = "") =>
      monthlyFiguresReply.parse((await caller.get(`${address}${query}`)).json());
    const countOf = ({ lines }: Awaited<ReturnType<typeof read>>, id: string) =>
      lines.find((line) => line.id === id)?.count;

    test("says what the other screens say of the month: dose, hotspots, stops and arrests", async () => {
      const reply = await read(analyst);
      const dose = doseReply.parse((await sergeant.get("/api/dose")).json());
      const days = {
        first: Date.parse("2021-10-01") / dayMs,
        last: Date.parse("2021-10-31") / dayMs,
      };
      const minutes = dose.minutes.reduce(
        (sum, own, row) =>
          (dose.day[row] ?? 0) >= days.first && (dose.day[row] ?? 0) <= days.last ? sum + own : sum,
        0,
      );
      expect(minutes).toBeGreaterThan(1000);
      expect(countOf(reply, "hours")).toBeCloseTo(minutes / 60, 1);
      const asked = "from=2021-10-01&to=2021-10-31";
      const { rows } = hotspotsReply.parse((await analyst.get(`/api/hotspots?${asked}`)).json());
      const hot = rows.filter((row) => row.hot);
      expect(hot.length).toBeGreaterThan(3);
      expect(reply.hotspots?.map(({ cell }) => cell)).toEqual(hot.map(({ cell }) => cell));
      const outcomes = (await analyst.get(`/api/outcomes?${asked}`)).json();
      for (const measure of ["arrests", "stop_searches"]) {
        const { count } = outcomes.figures.find(
          (one: { measure: string }) => one.measure === measure,
        );
        expect(count).toBeGreaterThan(0);
        expect(countOf(reply, measure)).toBe(count);
      }
    });

    test("counts patrols without a debrief until there is one, and no stay twice", async () => {
      const before = await read(sergeant);
      expect(before.incomplete).toMatch(/^2 of 2 patrols have no debrief yet/);
      expect(countOf(before, "patrols")).toBe(0);
      expect(before.lines[0]?.beside).toBe("Planned: 1.5 hours.");
      const debrief = {
        start: `${date}T14:00:00+01:00`,
        end: `${date}T22:00:00+01:00`,
        except: [],
      };
      const saved = await sergeant.send("PUT", "/api/debriefs", debrief);
      expect(saved.statusCode, saved.body).toBe(200);
      const after = await read(analyst);
      expect(after.incomplete).toBeNull();
      expect(countOf(after, "patrols")).toBe(2);
      expect(countOf(after, "visits")).toBe((countOf(before, "visits") ?? 0) + 6);
      expect(countOf(after, "hours")).toBeCloseTo((countOf(before, "hours") ?? 0) + 1.5, 1);
      // A list tells of the same stay two minutes later, with another length.
      await db().transaction(ownerActor, async (tx) => {
        const [told] = await tx.query<{ cell: H3Cell; start: number }>(
          `select to_hex(cell) as "cell", (extract(epoch from starts_at) * 1000)::float8 as "start"
           from patrol_visit where debrief_id is not null order by id limit 1`,
        );
        if (!told) throw new Error("No visit of a debrief");
        const start = told.start + 2 * minuteMs;
        const listed = { cell: told.cell, start, end: start + 20 * minuteMs, units: 1 };
        expect(await insertVisits(tx, [listed], "list")).toBe(1);
      });
      expect(countOf(await read(analyst), "visits")).toBe(countOf(after, "visits"));
    });

    test("is for sergeants and analysts, of months that are over", async () => {
      for (const role of roles.filter((one) => one !== "sergeant" && one !== "analyst")) {
        expect((await (await app.as(role)).get(address)).statusCode, role).toBe(403);
      }
      expect((await app.stranger.get(address)).statusCode).toBe(401);
      const open = await sergeant.get("/api/monthly-figures?month=2021-11");
      expect(open.json()).toMatchObject({
        status: 422,
        detail: "Nov 2021 ends on 30 Nov 2021. Choose an earlier month.",
      });
      expect((await sergeant.get("/api/monthly-figures?month=2021-13")).statusCode).toBe(400);
    });

    test("its file says that it is made up, and names no hotspot", async () => {
      const csv = monthlyFiguresCsv(await read(analyst, "&form=shared"), "MADE-UP DATA");
      expect(csv).toMatch(/^MADE-UP DATA\r\n"Monthly figures, Oct 2021"\r\n/);
      for (const { place } of (await read(analyst)).hotspots ?? [])
        expect(csv).not.toContain(place);
    });
  },
  fillDemo,
);
