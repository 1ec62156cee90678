import { beforeAll, expect, test } from "vitest";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import type { Actor } from "#core/role.ts";
import type { Act } from "#server/acts/services.ts";
import { DatabaseError, ownerActor } from "#server/db/database.ts";
import { problemFromDatabase } from "#server/db/errors.ts";
import { readNotices } from "#server/patrols/notices.ts";
import { logStay, readTonight, saySeen } from "#server/patrols/tonight.ts";
import { writeOwnStaffing } from "#server/patrols/warden-staffing.ts";
import { toldSessions } from "#server/protected-time/replies.ts";
import { addWardens } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { london } from "#tests/support/outreach.ts";
import { fillManyReports, planAsAt } from "#tests/support/plan-database.ts";
import { planDesk, planNow } from "#tests/support/plan-desk.ts";

const code = "enfield-wardens";
const asProblem = (error: unknown) => {
  throw error instanceof DatabaseError ? problemFromDatabase(error) : error;
};
const coordinator: Actor = { person: "warden of the test", role: "warden", partner: code };

onEachEngine(
  "SAFEGUARDS 2: who says that a lost patrol is known to be lost",
  ({ db }) => {
    const desk = planDesk(db);
    let plan: PlanReply;
    const warden = (): Act => ({ ...desk.services(), actor: coordinator });
    const police = () => desk.services();
    const told = async () => {
      const moment = { zone: london, now: planNow };
      const { partnerId } = desk.partner();
      const all = await db().transaction(ownerActor, (tx) => toldSessions(tx, moment, partnerId));
      return all.at(-1)?.told.sentence;
    };
    const ref = (windowId: string) => ({ planId: plan.id ?? "", windowId });
    const lostOf = async (act: Act) =>
      (await readTonight(act)).windows.filter(({ status }) => status !== "agreed");
    const openOf = async (act: Act) =>
      (await readNotices(act)).notices.find(({ confirmedAt }) => confirmedAt === null);

    beforeAll(async () => {
      await addWardens(db(), code, 1);
      const duty = { date: planAsAt, hours: "14:00-02:00", mode: "foot" as const };
      const duties = [7, 8].map((unit) => ({ ...duty, unit }));
      await writeOwnStaffing(warden(), { from: planAsAt, days: 1 }, { duties });
      plan = await desk.agree(await desk.suggest({ from: planAsAt }));
      await desk.closeDuring(`${planAsAt}T14:00`, "2021-11-27T02:00");
    });

    test("of a notice of several patrols each is said once, and the last one confirms it for whoever waits", async () => {
      const lost = await lostOf(police());
      const theirs = (await openOf(warden()))?.windows ?? [];
      expect(theirs.length).toBeGreaterThan(0);
      expect(lost.every(({ seenAt }) => seenAt === null)).toBe(true);
      // One of them begins after more than 12 hours, and is told of in the notice alone.
      const [first, ...rest] = ((await openOf(police()))?.windows ?? []).filter(
        ({ patrolPartner }) => patrolPartner === undefined,
      );
      expect(rest.length).toBeGreaterThan(0);
      await saySeen(police(), [ref(first?.windowId ?? "")]);
      expect(await openOf(police())).toBeDefined();
      const reply = await saySeen(
        police(),
        rest.map(({ windowId }) => ref(windowId)),
      );
      expect(reply.windows.find(({ id }) => id === first?.windowId)?.seenAt).not.toBeNull();
      expect(await openOf(police())).toBeUndefined();
      // Wardens have not said so yet, and a coordinator says it for its own alone.
      expect(await told()).toMatch(/not confirmed yet/);
      await expect(
        saySeen(
          police(),
          theirs.map(({ windowId }) => ref(windowId)),
        ),
      ).rejects.toMatchObject({
        status: 404,
      });
      await saySeen(
        warden(),
        theirs.map(({ windowId }) => ref(windowId)),
      );
      expect(await openOf(warden())).toBeUndefined();
      expect(await told()).toMatch(/^Police told .* known to patrols by/);
      const by = await db().transaction(ownerActor, (tx) =>
        tx.query<{ by: string }>(
          `select confirmed_by as by from session_notice union all
            select confirmed_by from warden_notice where window_ids <> '{}' order by 1`,
        ),
      );
      expect(by.map((one) => one.by)).toContain(coordinator.person);
      expect(by.map((one) => one.by)).toContain(police().actor.person);
    });

    test("a patrol that stands is not lost, and nothing of the same message is saved", async () => {
      const { windows } = await readTonight(police());
      const stands = windows.find(
        ({ status, patrolPartner }) => status === "agreed" && patrolPartner === null,
      );
      if (!stands) throw new Error("Every patrol of police is lost");
      await db().transaction(ownerActor, (tx) => tx.query("delete from patrol_seen"));
      const lost = (await lostOf(police())).find(({ patrolPartner }) => patrolPartner === null);
      const both = saySeen(police(), [ref(lost?.id ?? ""), ref(stands.id)]);
      await expect(both).rejects.toMatchObject({ status: 409, title: "Not lost" });
      expect((await lostOf(police())).every(({ seenAt }) => seenAt === null)).toBe(true);
    });

    test("a patrol at whose stop a unit was is not taken back, nor changed to leave that stop out", async () => {
      const { windows } = await readTonight(police());
      const stands = windows.find(
        ({ status, patrolPartner }) => status === "agreed" && patrolPartner === null,
      );
      const label = stands?.id ?? "";
      // Tapped by a unit that came before its patrol begins.
      const early = { ...ref(label), order: 1, arrivedAgo: 0, leftAgo: null, isAnswer: false };
      const now = Date.parse(stands?.start ?? "") - 60_000;
      const asAt = { ...police().asAt, now: () => now };
      await logStay({ ...police(), asAt }, "00000000-0000-4000-8000-000000000001", early);
      const walked = {
        title: "Not changed",
        detail: expect.stringContaining("A unit has already been"),
      };
      await expect(desk.takeBack(plan, [label]).catch(asProblem)).rejects.toMatchObject(walked);
      const stops = stands?.stops.slice(1).map(({ cell }) => cell) ?? [];
      await expect(desk.change(plan, label, { stops }).catch(asProblem)).rejects.toMatchObject(
        walked,
      );
    });

    test("two worlds: with taps of police and a session beyond what is shown a coordinator is told the same", async () => {
      const asAt = { ...police().asAt, now: () => planNow + 10.5 * 3_600_000 };
      const told = async (act: Act) => JSON.stringify(await readTonight({ ...act, asAt }));
      const before = await told(warden());
      const ofPolice = await told(police());
      await desk.closeDuring("2022-02-10T10:00", "2022-02-10T11:00");
      expect(await told(police())).toBe(ofPolice);
      const { windows } = await readTonight({ ...police(), asAt });
      const own = windows.filter(({ patrolPartner }) => patrolPartner === null);
      let tapped = 0;
      for (const [at, { id }] of own.entries()) {
        const stay = {
          ...ref(id),
          order: 1,
          arrivedAgo: 30 * 60 - at * 60,
          leftAgo: 0,
          isAnswer: false,
        };
        const key = `00000000-0000-4000-8000-0000000001${String(at).padStart(2, "0")}`;
        await logStay({ ...police(), asAt }, key, stay);
        tapped += 1;
      }
      expect(tapped).toBeGreaterThan(1);
      expect(await told(warden())).toBe(before);
      expect(await told(police())).not.toBe(ofPolice);
    });
  },
  fillManyReports,
);
