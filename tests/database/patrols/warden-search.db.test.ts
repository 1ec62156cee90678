import { beforeAll, beforeEach, expect, test } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import type { WardenChangeReply } from "#core/patrols/wire/wardens.ts";
import type { Actor } from "#core/role.ts";
import { minuteMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { readMigrations } from "#server/db/applied.ts";
import { ownerActor } from "#server/db/database.ts";
import { migrate } from "#server/db/migrate.ts";
import { addWindow } from "#server/patrols/add.ts";
import { newPlan } from "#server/patrols/new-plan.ts";
import { writeWeek } from "#server/patrols/staffing.ts";
import { wardenBriefing } from "#server/patrols/warden-briefing.ts";
import { readOwnStaffing, writeOwnStaffing } from "#server/patrols/warden-staffing.ts";
import { agreeOwn, changeOwn, readWardenWindows } from "#server/patrols/wardens.ts";
import { addWardens } from "#tests/support/app.ts";
import { onEachEngine, openTestDatabase, refusedBy } from "#tests/support/database.ts";
import { agreedWindow, at, corner } from "#tests/support/outreach.ts";
import { fillReports } from "#tests/support/plan-database.ts";
import { planDesk, sergeant } from "#tests/support/plan-desk.ts";
import { isWhole } from "#tests/support/runs.ts";

const code = "enfield-wardens";
const day = "2021-12-06";
const week = { from: day, days: 7 };
const coordinator: Actor = { person: "warden of the test", role: "warden", partner: code };
const cell = disk(cellAt(corner, 10), 0);
const hours = (unit: number, text: string, date = day) => ({
  date,
  unit,
  hours: text,
  mode: "foot" as const,
});
const instant = (local: string) => new Date(at(local)).toISOString();

onEachEngine("SAFEGUARDS 23: units from before they were each one's own", ({ engine }) => {
  test("are those of whose they are, and the number that people say is as it was", async () => {
    const { db, drop } = await openTestDatabase(engine, async (made) => {
      const before = readMigrations().filter(({ name }) => name < "0021");
      await migrate(made, before);
      await addWardens(made, code, 2);
      await made.transaction(ownerActor, async (tx) => {
        await tx.query(
          `insert into staffing_duty (duty_date, unit, hours, mode, patrol_partner)
           values ('${day}', 11, '18:00-23:00', 'foot', '${code}'), ('${day}', 1, '18:00-23:00', 'foot', null)`,
        );
        const { windowId } = await agreedWindow(tx, {
          from: at(`${day}T18:00`),
          to: at(`${day}T19:00`),
          cells: [...cell],
        });
        await tx.query(
          `update patrol_window set unit = 12, patrol_partner = '${code}' where id = ${windowId}`,
        );
      });
      await migrate(made);
    });
    try {
      const rows = await db.transaction(ownerActor, (tx) =>
        tx.query(
          `select unit, patrol_partner as whose from staffing_duty
           union all select unit, patrol_partner from patrol_window order by unit`,
        ),
      );
      expect(rows).toEqual([
        { unit: 1, whose: null },
        { unit: 211, whose: code },
        { unit: 212, whose: code },
      ]);
    } finally {
      await drop();
    }
  });
});

onEachEngine(
  "SAFEGUARDS 23: a coordinator who searches",
  ({ db }) => {
    const desk = planDesk(db);
    const warden = (): Act => ({ ...desk.services(), actor: coordinator });
    const asOwner = (...statements: string[]) =>
      db().transaction(ownerActor, async (tx) => {
        for (const statement of statements) await tx.query(statement);
      });
    let planId = "";
    const add = async (unit: number, start: string, end: string) => {
      const times = { start: instant(`${day}T${start}`), end: instant(`${day}T${end}`) };
      const reply = await addWindow(desk.services(), planId, { unit, ...times, stops: cell });
      if (!reply.ok) throw new Error(reply.reason);
      return reply.window.id;
    };
    const change = (windowId: string, start: number, length = 60) => {
      const [from, to] = [start, start + length * minuteMs].map((time) => new Date(time));
      const times = { start: from?.toISOString(), end: to?.toISOString() };
      return changeOwn(warden(), { planId, windowId }, times);
    };

    beforeAll(async () => {
      await addWardens(db(), code, 1);
    });
    beforeEach(async () => {
      await asOwner("delete from staffing_duty", "delete from patrol_plan");
      await writeOwnStaffing(warden(), week, {
        duties: [hours(1, "14:00-02:00"), hours(2, "20:30-23:30")],
      });
      const plan = await newPlan(desk.services(), {
        from: day,
        days: 1,
        units: 2,
        origin: "by_hand",
      });
      planId = plan.id ?? "";
    });

    test("hours are answered alike whatever police have staffed, and none of theirs are taken", async () => {
      const answers = async () => {
        const duties = Array.from({ length: 12 }, (_, index) => hours(index + 1, "18:00-23:00"));
        const written = await writeOwnStaffing(warden(), week, { duties });
        return JSON.stringify([written, await readOwnStaffing(warden(), week)]);
      };
      const alone = await answers();
      const police = Array.from({ length: 12 }, (_, index) => hours(index + 1, "14:00-22:00"));
      const roster = { duties: police, tasks: [], interviews: [], coreHours: "20:00-02:00" };
      await writeWeek(desk.services(), week, roster);
      expect(await answers()).toBe(alone);
      const left = await writeWeek(desk.services(), week, roster);
      expect([left.duties, left.partnerDuties].map(({ length }) => length)).toEqual([12, 12]);
      expect(left.partnerDuties.map(({ unit }) => unit).sort((a, b) => a - b)[0]).toBe(101);
    });

    test("the database keeps each its own numbers, whoever writes them", async () => {
      await add(101, "16:00", "17:00");
      await add(1, "20:00", "21:00");
      const bad = [
        `insert into staffing_duty values ('${day}', 3, '06:00-14:00', 'foot', '${code}')`,
        `insert into staffing_duty values ('${day}', 103, '06:00-14:00', 'foot', null)`,
        `insert into staffing_duty values ('${day}', 203, '06:00-14:00', 'foot', '${code}')`,
        "update patrol_window set unit = 1",
        "update patrol_window set unit = 101",
        "update patrol_window set patrol_partner = null",
      ];
      for (const statement of bad) {
        await expect(asOwner(statement), statement).rejects.toMatchObject({
          constraint: expect.stringMatching(/_unit_of_its_own$/),
        });
      }
      await refusedBy(
        "patrol_window_unit_range",
        asOwner("update patrol_window set unit = unit + 12"),
      );
    });

    test("two worlds: a stop of police that moves within its half hour changes the answer to no try", async () => {
      const own = await add(101, "16:00", "17:00");
      const theirs = await add(1, "22:20", "23:30");
      const attack = async (arrive: string, depart: string) => {
        await asOwner(
          `update patrol_stop set arrives_at = '${day}T${arrive}Z', departs_at = '${day}T${depart}Z'
           from patrol_window where patrol_window.id = window_id and label = '${theirs}'`,
        );
        const answers: unknown[] = [];
        const isRefused = async (start: number) => {
          const reply: WardenChangeReply = await change(own, start);
          answers.push(
            reply.ok ? [start, reply.window.start] : [start, reply.reason, reply.nearest],
          );
          return !reply.ok;
        };
        /** To the minute, between a time that is refused and one that is not. */
        const bisect = async (refused: number, free: number): Promise<void> => {
          const middle = Math.round((refused + free) / 2 / minuteMs) * minuteMs;
          if (middle === refused || middle === free) return;
          await ((await isRefused(middle)) ? bisect(middle, free) : bisect(refused, middle));
        };
        const inside = at(`${day}T22:30`);
        expect(await isRefused(inside)).toBe(true);
        await bisect(inside, at(`${day}T17:00`));
        await bisect(inside, at("2021-12-07T00:50"));
        const step = isWhole ? 1 : 10;
        for (let time = at(`${day}T19:00`); time < at(`${day}T23:00`); time += step * minuteMs) {
          await isRefused(time);
        }
        expect(await isRefused(at(`${day}T16:00`))).toBe(false);
        answers.push(await agreeOwn(warden(), [{ planId, windowId: own }]));
        await asOwner(
          "update patrol_window set status = 'suggested'",
          "delete from occupancy where window_id is not null",
        );
        return answers;
      };
      const early = await attack("22:31", "22:46");
      expect(await attack("22:44", "22:59")).toEqual(early);
      const said = new Set(
        early.flatMap((one) => (Array.isArray(one) && one.length > 2 ? one : [])),
      );
      expect([...said].filter((one) => typeof one === "string")).toEqual([
        "Another unit is here then.",
      ]);
      // An hour earlier is told, as a hatch of that hour would be.
      expect(await attack("21:31", "21:46")).not.toEqual(early);
    });

    test("its own hours are what its times are judged by and its paper is headed with, whatever shifts police have", async () => {
      const own = await add(101, "16:00", "17:00");
      // Police change shifts at 22:00.
      expect(await change(own, at(`${day}T21:30`))).toMatchObject({ ok: true });
      const target = { planId, windowId: own };
      const other = await changeOwn(warden(), target, { unit: 2 });
      expect(other).toMatchObject({ ok: true, window: { unit: 2 } });
      expect(await change(own, at(`${day}T20:00`))).toEqual({
        ok: false,
        reason:
          "Unit 2 is not on duty then. Unit 1 is free then. Nearest time that fits: Mon 6 Dec 20:30 to 21:30.",
        nearest: { start: `${day}T20:30:00+00:00`, end: `${day}T21:30:00+00:00` },
      });
      expect(await changeOwn(warden(), target, { unit: 3 })).toMatchObject({
        reason: expect.stringMatching(/^Unit 3 is not on duty then\. Unit 1 is free then\./),
      });
      await agreeOwn(warden(), [target]);
      const { sheets } = await wardenBriefing(warden(), week);
      expect(sheets).toMatchObject([
        { start: `${day}T20:30:00+00:00`, end: `${day}T23:30:00+00:00`, windows: [{ unit: 2 }] },
      ]);
      const { windows } = await readWardenWindows(warden(), week);
      expect(windows).toMatchObject([{ id: own, unit: 2, start: `${day}T21:30:00+00:00` }]);
    });

    test("what keep clear takes is answered with the nearest time that fits", async () => {
      const own = await add(101, "16:00", "17:00");
      await desk.closeDuring(`${day}T19:00`, `${day}T20:00`);
      const reply = await change(own, at(`${day}T19:00`));
      expect(reply.ok || reply.reason).toMatch(
        /^Not available at that time\. Nearest time that fits: /,
      );
      expect(reply.ok || reply.nearest).not.toBeNull();
    });

    test("hours of days that are over are set right for a week, by a coordinator and a sergeant, and then they stand", async () => {
      const past = { from: "2021-11-15", days: 7 };
      const duties = [hours(1, "18:00-23:00", "2021-11-18")];
      const roster = { duties, tasks: [], interviews: [], coreHours: "20:00-02:00" };
      const detail = expect.stringMatching(/^Hours of days before Fri 19 Nov stand/);
      const stands = { status: 409, detail };
      await expect(writeOwnStaffing(warden(), past, { duties })).rejects.toMatchObject(stands);
      await expect(writeWeek(desk.services(), past, roster)).rejects.toMatchObject(stands);
      const near = { duties: [hours(1, "18:00-23:00", "2021-11-19")] };
      expect((await writeOwnStaffing(warden(), past, near)).duties).toEqual(near.duties);
      await writeWeek(desk.services(), past, { ...roster, ...near });
      const core = { ...roster, ...near, coreHours: "18:00-20:00" };
      await expect(writeWeek(desk.services(), past, core)).rejects.toMatchObject(stands);
      expect((await readOwnStaffing(warden(), past)).duties).toEqual(near.duties);
    });

    test("hours of days that are over by more than a week the database itself holds, whoever writes them", async () => {
      const kept = [
        "insert into staffing_duty (duty_date, unit, hours, mode) values ('2021-11-18', 1, '06:00-14:00', 'foot')",
        "insert into staffing_task (task_date, hours, kind) values ('2021-11-18', '06:00-08:00', 'interview')",
        "insert into staffing_core (from_date, hours) values ('2021-11-18', '20:30-02:00')",
      ];
      const own =
        "insert into staffing_duty values ('2021-11-18', 101, '06:00-14:00', 'foot', '$')";
      const tries: [Actor, string][] = [
        ...kept.map((text): [Actor, string] => [sergeant, text]),
        [coordinator, own.replace("$", code)],
      ];
      for (const [actor, text] of tries) {
        const open = text.replace("2021-11-18", "2021-11-19");
        const [insert, remove] = [
          text,
          text.replace(/insert into (\w+) \(?(\w+)?.*/, "delete from $1"),
        ];
        await asOwner(text);
        for (const one of [insert, remove]) {
          const write = db().transaction(actor, (tx) => tx.query(one));
          await expect(write, one).rejects.toMatchObject({
            code: "23514",
            constraint: expect.stringMatching(/_past_stands$/),
          });
        }
        await asOwner(remove);
        await db().transaction(actor, (tx) => tx.query(open));
      }
      await asOwner("delete from staffing_task", "delete from staffing_core");
    });
  },
  fillReports,
);
