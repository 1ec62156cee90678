import { beforeAll, expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import { cellAt } from "#core/geo/cell.ts";
import { monthlyFiguresReply } from "#core/outcomes/wire/monthly-figures.ts";
import { ownerActor } from "#server/db/database.ts";
import { insertVisits } from "#server/patrols/visits.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

const address = "/api/guarantee?month=2021-10";

onOneEngine(
  "the guarantee",
  ({ db }) => {
    const app = appWith(db);
    let sergeant: TestCaller;
    let analyst: TestCaller;
    beforeAll(async () => {
      [sergeant, analyst] = [await app.as("sergeant"), await app.as("analyst")];
    });
    const read = async (query = "", caller = analyst) =>
      monthlyFiguresReply.parse((await caller.get(`${address}${query}`)).json());
    const countOf = ({ lines }: Awaited<ReturnType<typeof read>>, id: string) =>
      lines.find((line) => line.id === id)?.count;
    const sql = (statement: string) => db().transaction(ownerActor, (tx) => tx.script(statement));

    test("peak hours are the part of visits inside them, of each stay once", async () => {
      const before = countOf(await read(), "peak_hours") ?? 0;
      const cell: H3Cell = cellAt([-0.0631, 51.6179], 10);
      const visit = (start: string, minutes: number, units: number) => ({
        cell,
        start: Date.parse(start),
        end: Date.parse(start) + minutes * 60_000,
        units,
      });
      await db().transaction(ownerActor, (tx) =>
        insertVisits(
          tx,
          [
            // Friday 8 October, BST: 30 of 60 minutes before 02:00, of two units: 1 hour.
            visit("2021-10-09T01:30+01:00", 60, 2),
            // Saturday 9 October, 90 minutes from 20:00: 1.5 hours.
            visit("2021-10-09T20:00+01:00", 90, 1),
            // A Sunday evening, and a Friday afternoon.
            visit("2021-10-10T20:30+01:00", 60, 1),
            visit("2021-10-15T15:00+01:00", 60, 1),
          ],
          "list",
        ),
      );
      const after = await read();
      expect((countOf(after, "peak_hours") ?? 0) - before).toBeCloseTo(2.5, 1);
      // A debrief tells of the same stay on Saturday, ten minutes later.
      await sql(`with debrief as (
          insert into patrol_debrief (shift_starts_at, shift_ends_at, logged_at, logged_by)
          values ('2021-10-09 18:00+01', '2021-10-10 02:00+01', now(), 'somebody') returning id
        )
        insert into patrol_visit (cell, starts_at, ends_at, unit_count, logged_by, debrief_id)
        select cell, '2021-10-09 20:10+01', '2021-10-09 20:40+01', 1, 'somebody', debrief.id
        from patrol_visit, debrief where starts_at = '2021-10-09 20:00+01'`);
      expect((countOf(await read(), "peak_hours") ?? 0) - before).toBeCloseTo(2.5, 1);
      await sql(
        "insert into staffing_core (from_date, hours) values ('2021-10-01', '20:30-02:00')",
      );
      expect((countOf(await read(), "peak_hours") ?? 0) - before).toBeLessThan(2.5);
      expect((await read()).lines[0]?.definition).toContain("20:30 to 02:00");
      await sql("delete from staffing_core where from_date = '2021-10-01'");
    });

    test("abstraction is what Staffing has of the month by reason, and an interview is none", async () => {
      await sql("delete from staffing_task; delete from staffing_duty");
      await sql(`insert into staffing_task (task_date, unit, hours, kind) values
        ('2021-10-02', 1, '12:00-22:00', 'match_day'), ('2021-10-03', null, '09:00-13:00', 'court'),
        ('2021-10-04', 1, '14:00-15:00', 'interview'), ('2021-11-01', 1, '09:00-17:00', 'training')`);
      await sql(`insert into staffing_duty (duty_date, unit, hours, mode) values
        ('2021-10-02', 1, '12:00-22:00', 'foot'), ('2021-10-31', 1, '22:00-08:00', 'foot')`);
      const reply = await read();
      expect(countOf(reply, "abstraction_match_day")).toBe(10);
      expect(countOf(reply, "abstraction_court")).toBe(4);
      expect(countOf(reply, "abstraction")).toBe(14);
      expect(reply.lines.find(({ id }) => id === "abstraction")?.beside).toMatch(
        /^70% of 20 hours/,
      );
    });

    test("priorities are the place plans that stood when the month ended; any change renews one", async () => {
      await sql(`delete from place_plan_revision;
        insert into place_plan_revision (plan_id, revision, act, changed_at, changed_by, content)
        select plan.id, given.revision, given.act, given.at, 'somebody', jsonb_build_object('state', given.state)
        from (select id, row_number() over (order by id) as nth from place_plan) as plan
        join (values
          (1, 1, 'added', timestamptz '2021-07-31 12:00+01', 'open'),
          (2, 1, 'added', timestamptz '2021-07-01 12:00+01', 'open'),
          (2, 2, 'assessed', timestamptz '2021-08-01 00:30+01', 'open'),
          (2, 3, 'changed', timestamptz '2021-11-02 12:00+00', 'closed')
        ) as given (nth, revision, act, at, state) on given.nth = plan.nth`);
      const reply = await read();
      expect([countOf(reply, "priorities"), countOf(reply, "priorities_old")]).toEqual([2, 1]);
      const next = monthlyFiguresReply.parse(
        (await analyst.get("/api/guarantee?month=2021-09")).json(),
      );
      expect([countOf(next, "priorities"), countOf(next, "priorities_old")]).toEqual([2, 0]);
    });

    test("answers are manual totals of exactly the month, which no release and no file of Outcomes has", async () => {
      const total = (measure: string, value: number) => ({
        measure,
        breakdown: null,
        part: null,
        from: "2021-10-01",
        to: "2021-10-31",
        value,
      });
      const entered = await analyst.send("POST", "/api/tallies", {
        totals: [total("questions_received", 60), total("questions_answered", 48)],
      });
      expect(entered.statusCode, entered.body).toBe(200);
      expect((await read()).lines.at(-1)?.words).toBe("48 (80%)");
      const asked = "?from=2021-10-01&to=2021-10-31&form=shared";
      expect((await analyst.get(`/api/outcomes${asked}`)).body).not.toContain("uestions");
      expect((await analyst.get("/api/monthly-figures?month=2021-10")).body).not.toContain(
        "uestions",
      );
      const preview = await analyst.get("/api/releases/preview");
      expect(preview.statusCode).toBe(200);
      expect(preview.body).not.toContain("questions_");
    });

    test("SAFEGUARDS 6: rounded for sharing it says nothing that was planned", async () => {
      const reply = await read("&form=shared", sergeant);
      expect(reply.isExact).toBe(false);
      for (const { beside, count } of reply.lines) {
        expect(beside).toBeNull();
        expect((count ?? 0) % 5).toBe(0);
      }
      expect(JSON.stringify(reply)).not.toContain("lanned");
    });

    test("a month that is not over has none, and printing it is noted before", async () => {
      expect((await sergeant.get("/api/guarantee?month=2021-11")).json().title).toBe(
        "This month is not over",
      );
      const before = await lastId(db());
      const url = "/api/guarantee/exports";
      const body = { month: "2021-10", form: "paper" };
      expect((await sergeant.send("POST", url, body)).statusCode).toBe(200);
      expect(await linesAfter(db(), before)).toMatchObject([
        { verb: "disclosure", act: "download the guarantee", outcome: "done" },
      ]);
    });
  },
  fillDemo,
);
