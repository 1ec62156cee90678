import { beforeAll, expect, test } from "vitest";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import type { Actor } from "#core/role.ts";
import { minuteMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { DatabaseError, ownerActor } from "#server/db/database.ts";
import { addWindow } from "#server/patrols/add.ts";
import { confirmNotice, readNotices } from "#server/patrols/notices.ts";
import { checkWardenNumber, wardenBriefing } from "#server/patrols/warden-briefing.ts";
import { readOwnStaffing, writeOwnStaffing } from "#server/patrols/warden-staffing.ts";
import { agreeOwn, changeOwn, readWardenWindows, withdrawOwn } from "#server/patrols/wardens.ts";
import { readKeepClear } from "#server/protected-time/police-ask.ts";
import { toldSessions } from "#server/protected-time/replies.ts";
import { addWardens } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { insertPatrolRows, london } from "#tests/support/outreach.ts";
import { fillManyReports } from "#tests/support/plan-database.ts";
import { planDesk, planNow } from "#tests/support/plan-desk.ts";

const code = "enfield-wardens";
const day = "2021-12-06";
const week = { from: day, days: 7 };
const tonight = { from: "2021-11-26", days: 1 };
const coordinator: Actor = { person: "warden of the test", role: "warden", partner: code };

onEachEngine(
  "SAFEGUARDS 23: wardens keep clear too",
  ({ db }) => {
    const desk = planDesk(db);
    const warden = (): Act => ({ ...desk.services(), actor: coordinator });
    const asWarden = <Row>(sql: string) =>
      db().transaction(coordinator, (tx) => tx.query<Row>(sql));
    const own = (plan: PlanReply) => plan.windows.filter((one) => one.patrolPartner === code);
    const refs = (plan: PlanReply) =>
      own(plan).map(({ id }) => ({ planId: plan.id ?? "", windowId: id }));
    const read = async () => (await readWardenWindows(warden(), week)).windows;

    beforeAll(async () => {
      await addWardens(db(), code, 1);
      await addWardens(db(), "other-marshals", 2);
      const dates = ["2021-12-06", "2021-12-08"];
      const duties = dates.flatMap((date) =>
        [7, 8].map((unit) => ({ date, unit, hours: "14:00-02:00", mode: "foot" as const })),
      );
      await writeOwnStaffing(warden(), week, { duties });
      const today = duties.slice(0, 2).map((duty) => ({ ...duty, date: tonight.from }));
      await writeOwnStaffing(warden(), tonight, { duties: today });
    });

    test("a suggestion has patrols of both kinds, each numbered by itself", async () => {
      const plan = await desk.suggest({ from: day });
      const theirs = own(plan);
      const police = plan.windows.filter((one) => one.patrolPartner === null);
      expect(theirs.length).toBeGreaterThan(0);
      expect(police.length).toBeGreaterThan(0);
      expect(theirs.map(({ id }) => id)).toEqual(theirs.map((_, at) => `w${10_001 + at}`));
      expect(police.map(({ id }) => id)).toEqual(police.map((_, at) => `w${1 + at}`));
      expect(theirs.every(({ unit }) => unit === 107 || unit === 108)).toBe(true);
      expect(police.every(({ unit }) => unit < 7)).toBe(true);
      await desk.withdraw(plan);
    });

    test("a coordinator reads its own patrols, without a count, a kind or a worth", async () => {
      const plan = await desk.suggest({ from: day });
      const windows = await read();
      expect(windows.map(({ id }) => id)).toEqual(own(plan).map(({ id }) => id));
      for (const window of windows) {
        expect(window.why).toBe("Busy place at this time.");
        expect(Object.keys(window)).not.toContain("expected");
        expect(JSON.stringify(window)).not.toMatch(/report|whyHere|share|range/);
      }
      await desk.withdraw(plan);
      expect(await read()).toEqual([]);
    });

    test("the coordinator approves its own alone, and the sergeant all of the plan", async () => {
      const plan = await desk.suggest({ from: day });
      const [police] = plan.windows.filter((one) => one.patrolPartner === null);
      const planId = plan.id ?? "";
      const theirs = { planId, windowId: police?.id ?? "" };
      await expect(agreeOwn(warden(), [theirs])).rejects.toMatchObject({ status: 409 });
      await expect(withdrawOwn(warden(), [theirs])).rejects.toMatchObject({ status: 409 });
      await expect(changeOwn(warden(), theirs, { unit: 7 })).rejects.toMatchObject({ status: 404 });
      const [first, ...rest] = refs(plan);
      if (!first) throw new Error("The plan has no window of wardens");
      const { windows } = await agreeOwn(warden(), [first]);
      expect(windows.map(({ id, status }) => [id, status])).toEqual([[first.windowId, "agreed"]]);
      const after = await desk.agree(
        plan,
        rest.map(({ windowId }) => windowId),
      );
      expect(own(after).map(({ status }) => status)).toEqual(own(plan).map(() => "agreed"));
      expect(after.windows.find(({ id }) => id === police?.id)?.status).toBe("suggested");
      await desk.withdraw(plan);
    });

    test("a patrol of wardens inside protected time cannot be stored either, whoever writes it", async () => {
      await desk.closeDuring("2021-12-07T19:00", "2021-12-07T20:00");
      const plan = await desk.suggest({ from: "2021-12-08" });
      const [window] = (await desk.windowsOf(plan)).filter((one) => one.patrolPartner === code);
      const { place } = desk.partner();
      const refused = await db()
        .transaction(ownerActor, (tx) =>
          insertPatrolRows(tx, window?.id ?? "", {
            from: Date.parse("2021-12-07T19:00Z"),
            to: Date.parse("2021-12-07T20:00Z"),
            cells: place.cells.slice(0, 1),
          }),
        )
        .catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(DatabaseError);
      expect(refused).toMatchObject({ constraint: "occupancy_no_patrol_in_protected" });
      await desk.withdraw(plan);
    });

    test("a late session calls a patrol of wardens off in its own transaction, and each kind confirms", async () => {
      const plan = await desk.suggest({ from: tonight.from });
      const cells = new Set<string>(desk.partner().place.cells);
      const inTheWay = own(plan).find(({ route }) => route.some((cell) => cells.has(cell)));
      if (!inTheWay) throw new Error("No patrol of wardens meets the place");
      await agreeOwn(warden(), [{ planId: plan.id ?? "", windowId: inTheWay.id }]);
      const before = await readNotices(desk.services());
      await desk.closeDuring(
        london.dateOf(Date.parse(inTheWay.start)) + inTheWay.start.slice(10, 16),
        inTheWay.end.slice(0, 16),
      );
      const { windows } = await readWardenWindows(warden(), tonight);
      const [lost] = windows.filter(({ id }) => id === inTheWay.id);
      expect(lost?.status).toBe("unavailable");
      const [notice] = (await readNotices(warden())).notices;
      expect(notice?.windows.map(({ windowId }) => windowId)).toEqual([inTheWay.id]);
      expect(notice?.sentence).toMatch(/1 approved patrol is no longer available/);
      // Police lead the joint plan, and read whose patrol it lost.
      const [ofPolice] = (await readNotices(desk.services())).notices;
      expect(ofPolice?.id).not.toBe(before.notices[0]?.id);
      expect(ofPolice?.windows).toEqual([{ ...notice?.windows[0], patrolPartner: code }]);
      expect(ofPolice?.sentence).toContain(
        `. 1 approved patrol of ${code} is no longer available.`,
      );
      expect(notice?.sentence).not.toContain(code);
      const told = async () => {
        const { partnerId } = desk.partner();
        const moment = { zone: london, now: planNow };
        const all = await db().transaction(ownerActor, (tx) => toldSessions(tx, moment, partnerId));
        return all.at(-1)?.told.sentence;
      };
      await confirmNotice(desk.services(), ofPolice?.id ?? "");
      expect(await told()).toMatch(/not confirmed yet/);
      await confirmNotice(warden(), notice?.id ?? "");
      expect(await told()).toMatch(/^Police told .* known to patrols by/);
      await desk.withdraw(plan);
    });

    test("a patrol that the sergeant moves, shortens or withdraws is told to its coordinator, who confirms, and never why", async () => {
      const plan = await desk.suggest({ from: day, units: 3 });
      await agreeOwn(warden(), refs(plan));
      const led = async () =>
        (await readNotices(warden())).notices.filter(
          ({ by, confirmedAt }) => by === "sergeant" && confirmedAt === null,
        );
      // The sergeant withdrew plans in the tests before.
      for (const { id } of await led()) await confirmNotice(warden(), id);
      const keepClear = async () =>
        JSON.stringify((await readNotices(warden())).notices.filter(({ by }) => !by));
      const ofPolice = async () => JSON.stringify(await readNotices(desk.services()));
      expect(await led()).toEqual([]);
      const [before, police] = [await keepClear(), await ofPolice()];
      // Which of them has room beside the others is the planner's.
      const later = (instant: string, minutes: number) =>
        new Date(Date.parse(instant) + minutes * minuteMs).toISOString();
      const change = async () => {
        for (const window of own(plan)) {
          for (const by of [-5, 5, -10, 10, -20, 20]) {
            const to = { start: later(window.start, by), end: later(window.end, by) };
            if ((await desk.change(plan, window.id, to)).ok) return { moved: window, to };
          }
        }
        throw new Error("No patrol of wardens can be moved");
      };
      const { moved, to } = await change();
      const gone = own(plan).find(({ id }) => id !== moved.id);
      if (!gone) throw new Error("The plan has too few windows of wardens");
      await desk.withdraw(plan, [gone.id]);
      const [open, ...more] = await led();
      expect(more).toEqual([]);
      expect(open?.sentence).toBe("The sergeant changed 2 of your approved patrols at 12:00.");
      const windows = new Map(open?.windows.map((window) => [window.windowId, window]));
      expect(windows.get(moved.id)).toMatchObject({
        start: moved.start,
        end: moved.end,
        unit: unitNumber(moved.unit),
        now: { unit: unitNumber(moved.unit) },
      });
      expect(Date.parse(windows.get(moved.id)?.now?.start ?? "")).toBe(Date.parse(to.start));
      expect(windows.get(gone.id)).toMatchObject({ start: gone.start, end: gone.end, now: null });
      expect(JSON.stringify(open)).not.toMatch(/keep|clear|outreach|session|police|why/i);
      // What keep-clear times took is told as before, and police read nothing of this.
      expect(await keepClear()).toBe(before);
      expect(await ofPolice()).toBe(police);
      // A session that comes late, at another hour, changes nothing of it, nor this of that.
      const told = JSON.stringify(open);
      await desk.closeDuring("2021-12-16T10:00", "2021-12-16T11:00");
      expect(JSON.stringify((await led())[0])).toBe(told);
      const other: Actor = { ...coordinator, partner: "other-marshals" };
      const others = { ...desk.services(), actor: other };
      await expect(confirmNotice(others, open?.id ?? "")).rejects.toMatchObject({ status: 404 });
      await expect(confirmNotice(desk.services(), open?.id ?? "")).rejects.toMatchObject({
        status: 404,
      });
      expect((await readNotices(others)).notices.filter(({ by }) => by)).toEqual([]);
      await confirmNotice(warden(), open?.id ?? "");
      expect(await led()).toEqual([]);
      // Its own acts are no news to it.
      await withdrawOwn(
        warden(),
        refs(plan).filter(({ windowId }) => windowId !== gone.id),
      );
      expect(await led()).toEqual([]);
      await desk.withdraw(plan);
    });

    test("moved onto a patrol of police it is refused in one sentence, and onto its own by its own rule", async () => {
      const plan = await desk.suggest({ from: day });
      const [kept] = own(plan);
      if (!kept) throw new Error("The plan has no window of wardens");
      const planId = plan.id ?? "";
      await desk.withdraw(
        plan,
        plan.windows.map(({ id }) => id).filter((id) => id !== kept.id),
      );
      const length = Date.parse(kept.end) - Date.parse(kept.start);
      const start = "2021-12-06T22:30:00Z";
      const end = new Date(Date.parse(start) + length).toISOString();
      const stops = kept.stops.map(({ cell }) => cell);
      const added = await addWindow(desk.services(), planId, { start, end, unit: 1, stops });
      expect(added.ok, JSON.stringify(added)).toBe(true);
      const target = { planId, windowId: kept.id };
      expect(await changeOwn(warden(), target, { start, end })).toMatchObject({
        ok: false,
        reason: "Another unit is here then.",
        nearest: null,
      });
      const unit = await changeOwn(warden(), target, { unit: 1 });
      expect(unit).toMatchObject({ ok: false });
      if (!unit.ok) expect(unit.reason).toContain("Unit 1 is not on duty then.");
      // Where nobody else is, it may.
      if (added.ok) await desk.withdraw(plan, [added.window.id]);
      expect((await changeOwn(warden(), target, { start, end })).ok).toBe(true);
      await desk.withdraw(plan);
    });

    test("by SQL a coordinator reads its own patrols and hours, and nothing of police, events, partners or sessions", async () => {
      const plan = await desk.agree(await desk.suggest({ from: day }));
      const rows = await asWarden<{ whose: string | null }>(
        `select distinct patrol_partner as "whose" from patrol_window`,
      );
      expect(rows).toEqual([{ whose: code }]);
      for (const table of ["patrol_stop", "patrol_leg"]) {
        const others = await asWarden(
          `select 1 from ${table} where window_id not in (select id from patrol_window)`,
        );
        expect(others, table).toEqual([]);
      }
      expect(await asWarden(`select distinct patrol_partner from staffing_duty`)).toHaveLength(1);
      expect(await asWarden(`select code from patrol_partner`)).toEqual([{ code }]);
      const closed = [
        "event",
        "partner",
        "outreach_session",
        "saved_place",
        "session_exception",
        "session_notice",
        "warden_notice",
        "lead_notice",
        "police_came",
        "calendar_report",
        "occupancy",
        "patrol_plan",
        "patrol_change",
        "sheet_issue",
        "staffing_task",
        "staffing_core",
        "police_attended",
        "control_day",
        "control_draw",
        "position_dose",
        "account",
        "tally",
        "operation",
        "alert",
        "place_plan",
        "kept_clear",
        "footprint_view",
      ];
      for (const table of closed) {
        await expect(asWarden(`select * from ${table}`), table).rejects.toMatchObject({
          code: "42501",
        });
      }
      for (const column of ["expected", "why_here", "why_now", "expected_low"]) {
        await expect(asWarden(`select ${column} from patrol_window`)).rejects.toMatchObject({
          code: "42501",
        });
      }
      for (const statement of [
        "update patrol_window set status = 'agreed'",
        "delete from patrol_window",
        "insert into occupancy (cell, during, kind) values (1, 'empty', 'patrol')",
      ]) {
        await expect(asWarden(statement), statement).rejects.toMatchObject({ code: "42501" });
      }
      await desk.withdraw(plan);
    });

    test("two worlds: with police patrols and without, and with a session elsewhere, it is told the same", async () => {
      const plan = await desk.suggest({ from: day, units: 3 });
      await agreeOwn(warden(), refs(plan));
      const far = own(plan).every(
        ({ route }) => !route.includes(desk.partner().place.cells[0] as never),
      );
      const seen = async () => {
        const sheet = await wardenBriefing(warden(), week);
        const number = await checkWardenNumber(warden(), sheet.number);
        return JSON.stringify([
          await readWardenWindows(warden(), week),
          await readOwnStaffing(warden(), week),
          { ...sheet, issuedAt: "" },
          { ...number, checkedAt: "" },
        ]);
      };
      const alone = await seen();
      const police = plan.windows.filter((one) => one.patrolPartner === null).map(({ id }) => id);
      await desk.agree(plan, police);
      expect(await seen()).toBe(alone);
      const keepClear = JSON.stringify(await readKeepClear(warden(), {}));
      expect(keepClear).toBe(JSON.stringify(await readKeepClear(desk.services(), {})));
      await desk.withdraw(plan, police);
      expect(await seen()).toBe(alone);
      expect(typeof far).toBe("boolean");
      await desk.closeDuring("2021-12-15T10:00", "2021-12-15T11:00");
      expect(await seen()).toBe(alone);
      await withdrawOwn(warden(), refs(plan));
    });
  },
  fillManyReports,
);
