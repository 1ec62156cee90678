import { expect, test } from "vitest";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { formatLocal, minuteMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { addWindow } from "#server/patrols/add.ts";
import { restoreWindows } from "#server/patrols/agree.ts";
import { splitWindow } from "#server/patrols/change.ts";
import { checkNumber, issuePlan } from "#server/patrols/issue.ts";
import { planNumber } from "#server/patrols/replies.ts";
import { storedPlan } from "#server/patrols/stored.ts";
import { confirmCalendar, reportUnreadable } from "#server/protected-time/calendars.ts";
import { stretchesOfPlan } from "#server/protected-time/protected-stretches.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { at, london, partnerWithPlace, weekly } from "#tests/support/outreach.ts";
import { addSession, fillManyReports } from "#tests/support/plan-database.ts";
import { planDesk, planNow } from "#tests/support/plan-desk.ts";

const halfHour = 30 * minuteMs;

onEachEngine(
  "plans and what is known of calendars",
  ({ db }) => {
    const desk = planDesk(db);
    const numberOf = (plan: PlanReply) =>
      db().transaction(ownerActor, async (tx) =>
        planNumber((await storedPlan(tx, plan.id ?? "")).plan),
      );
    const stands = async (number: string) => (await checkNumber(desk.services(), number)).stands;
    const confirm = () =>
      db().transaction(ownerActor, (tx) =>
        confirmCalendar(
          tx,
          { zone: london, now: planNow },
          { partnerId: desk.partner().partnerId },
        ),
      );

    test("with an unreadable calendar nothing is suggested, added, moved, split, put back, agreed or issued, and no sheet stands", async () => {
      const plan = await desk.agree(await desk.suggest({ from: "2021-12-08" }));
      const [window] = plan.windows;
      if (!window) throw new Error("The plan has no window");
      await desk.print(plan);
      expect(await stands(await numberOf(plan))).toBe(true);
      await db().transaction(ownerActor, (tx) =>
        reportUnreadable(tx, {
          partnerId: desk.partner().partnerId,
          now: planNow,
          detail: "a line of the file",
        }),
      );
      const later = new Date(Date.parse(window.start) + 5 * minuteMs).toISOString();
      await expect(desk.change(plan, window.id, { start: later })).rejects.toMatchObject({
        status: 409,
        title: "Not changed",
      });
      await expect(issuePlan(desk.services(), plan.id ?? "")).rejects.toMatchObject({
        status: 409,
        title: "Not issued",
      });
      const planId = plan.id ?? "";
      const { start, end, unit } = window;
      const refused = (title: string) => ({ status: 409, title });
      await expect(addWindow(desk.services(), planId, { start, end, unit })).rejects.toMatchObject(
        refused("Not added"),
      );
      const target = { planId, windowId: window.id };
      await expect(splitWindow(desk.services(), target, 1)).rejects.toMatchObject(
        refused("Not split"),
      );
      await expect(desk.suggest({ from: "2021-12-08" })).rejects.toMatchObject({
        ...refused("No suggestion"),
        detail: expect.stringMatching(/calendar could not be read/),
      });
      await desk.withdraw(plan, [window.id]);
      await expect(restoreWindows(desk.services(), planId, [window.id])).rejects.toMatchObject(
        refused("Not put back"),
      );
      expect(await stands(await numberOf(plan))).toBe(false);
      await confirm();
      await restoreWindows(desk.services(), planId, [window.id]);
      await expect(
        db()
          .transaction(ownerActor, (tx) =>
            reportUnreadable(tx, {
              partnerId: desk.partner().partnerId,
              now: planNow,
              detail: "x",
            }),
          )
          .then(() => desk.agree(plan, [window.id])),
      ).rejects.toMatchObject(refused("Not approved"));
      await confirm();
      await desk.agree(plan, [window.id]);
      await desk.print(plan);
      expect(await stands(await numberOf(plan))).toBe(true);
      await desk.withdraw(plan);
    });

    test("a calendar that lapses after printing takes the sheet's number away", async () => {
      const plan = await desk.agree(await desk.suggest({ from: "2021-12-07" }));
      const meets = desk.meeting(plan);
      const start = london.toLocal(Date.parse(meets.start));
      const closedTo = Math.floor(start / halfHour) * halfHour;
      const clock = (local: number) => formatLocal(local);
      await desk.closeDuring(clock(closedTo - 3 * halfHour), clock(closedTo - halfHour));
      const number = await desk.print(plan);
      expect(await stands(number)).toBe(true);
      await db().transaction(ownerActor, (tx) =>
        tx.query("update calendar_report set reported_at = reported_at - interval '20 days'"),
      );
      expect(await numberOf(plan)).toBe(number);
      expect(await stands(number)).toBe(false);
      await expect(issuePlan(desk.services(), plan.id ?? "")).rejects.toMatchObject({
        status: 409,
        errors: expect.arrayContaining([{ field: meets.id, reason: "no longer available" }]),
      });
      await confirm();
      expect(await stands(number)).toBe(true);
      await desk.withdraw(plan);
    });

    test("one calendar that lapsed widens all, so that no two hatches are seen to belong together", async () => {
      const lapsed = planNow - 20 * 24 * 60 * minuteMs;
      const other = await db().transaction(ownerActor, (tx) =>
        partnerWithPlace(tx, { name: "Another van", now: lapsed }),
      );
      await addSession(db(), planNow, {
        partnerId: other.partnerId,
        placeId: other.place.id,
        rule: weekly("2021-12-06", "10:00", "11:00"),
      });
      const [from, to] = [at("2021-12-06T00:00"), at("2021-12-07T00:00")];
      const question = { zone: london, from, to, planFrom: from, planTo: to, now: planNow };
      const closed = () => db().transaction(ownerActor, (tx) => stretchesOfPlan(tx, question));
      await confirm();
      const morning = (await closed()).find((one) => one.from < at("2021-12-06T10:00"));
      expect(morning).toMatchObject({ from: at("2021-12-06T08:30"), to: at("2021-12-06T12:30") });
      await addSession(db(), planNow, {
        partnerId: desk.partner().partnerId,
        placeId: desk.partner().place.id,
        rule: weekly("2021-12-06", "16:00", "17:00"),
      });
      const afternoon = (await closed()).find((one) => one.from > at("2021-12-06T13:00"));
      expect(afternoon).toMatchObject({ from: at("2021-12-06T14:30"), to: at("2021-12-06T18:30") });
    });
  },
  fillManyReports,
);
