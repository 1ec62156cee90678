import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { hourMs } from "#core/time/zone.ts";
import { tellPhones } from "#server/accounts/push/tell.ts";
import { ownerActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { asOwner, countIn } from "#tests/support/accounts.ts";
import { addWardens, type TestCaller } from "#tests/support/app.ts";
import { onEachEngine, onOneEngine } from "#tests/support/database.ts";
import { agreedWindow, circleAt, corner } from "#tests/support/outreach.ts";
import { pushApp } from "#tests/support/push-app.ts";
import { isWhole } from "#tests/support/runs.ts";

/** Messages are waited for: both engines in `npm run test:slow`. */
const onEngines = isWhole ? onEachEngine : onOneEngine;

const inside = footprintOf(circleAt(corner))[0] as H3Cell;
const [ours, theirs] = ["enfield-wardens", "haringey-marshals"] as const;

onEngines(
  "phones of wardens",
  ({ db }) => {
    const { at, phoneOf } = pushApp(db);
    let sergeant: TestCaller;
    beforeAll(async () => {
      await addWardens(db(), ours, 1);
      await addWardens(db(), theirs, 2);
      sergeant = await at.base.as("sergeant");
    });
    beforeEach(async () => {
      await asOwner(db(), "delete from push_subscription");
      await asOwner(db(), "delete from account where name ~ '^[ow][.]'");
      await asOwner(db(), "delete from occupancy");
    });
    /** An approved patrol in an hour, of police or of a patrol partner; returns what takes it away. */
    const patrol = async (whose: string | null) => {
      const from = at.app.services.asAt.now() + hourMs;
      const { planId, windowId } = await db().transaction(ownerActor, (tx) =>
        agreedWindow(tx, { from, to: from + hourMs, cells: [inside] }),
      );
      await asOwner(db(), "delete from occupancy");
      if (whose !== null) {
        await asOwner(
          db(),
          `update patrol_window set patrol_partner = $2::text, unit = 100 * number + 1
            from patrol_partner where code = $2::text and patrol_window.id = $1::bigint`,
          [windowId, whose],
        );
      }
      return async () => {
        const reply = await sergeant.send("POST", `/api/plans/${planId}/withdraw`, {});
        expect(reply.statusCode, reply.body).toBe(200);
        return Date.now();
      };
    };
    const three = async () => {
      await phoneOf("o.one");
      await phoneOf("w.ours", "w.ours", true, ours);
      await phoneOf("w.theirs", "w.theirs", true, theirs);
    };
    const told = () => at.service.pushed.map(({ path }) => path).sort();
    const arrived = (...paths: readonly string[]) =>
      expect.poll(told, { timeout: 15_000, interval: 20 }).toEqual(paths);

    test("are told of the patrols of their own patrol partner alone, with the same empty message as officers", async () => {
      await three();
      await (await patrol(null))();
      await arrived("o.one");
      await wait(1_000);
      expect(told()).toEqual(["o.one"]);
      at.service.forget();
      await asOwner(db(), "update push_subscription set told_at = null");
      await (await patrol(ours))();
      await arrived("o.one", "w.ours");
      await wait(1_000);
      expect(told()).toEqual(["o.one", "w.ours"]);
      const [one, other] = at.service.pushed.map(({ body, headers, signed }) => ({
        body,
        headers,
        by: signed?.sub,
      }));
      expect(one).toEqual(other);
      expect(one?.body).toBe("");
    }, 60_000);

    test("wait as long whatever else is lost: when they are told says nothing of police or of other wardens", async () => {
      await three();
      const [first, second, own] = [await patrol(null), await patrol(theirs), await patrol(ours)];
      await first();
      await second();
      await wait(1_500);
      const lostAt = await own();
      const mine = () => at.service.pushed.filter(({ path }) => path === "w.ours");
      await expect.poll(() => mine().length, { timeout: 15_000, interval: 20 }).toBe(1);
      // As alone: three seconds in which own patrols are gathered.
      expect((mine()[0]?.at ?? 0) - lostAt).toBeGreaterThan(2_800);
      await wait(3_500);
      expect(mine()).toHaveLength(1);
    }, 60_000);

    test("are forgotten at sign-out, at the end of access, and once the push service no longer knows them", async () => {
      const rows = () => countIn(db(), "push_subscription");
      const phone = await phoneOf("w.out", "w.out", true, ours);
      expect(await rows()).toBe(1);
      await phone.inject({ method: "DELETE", url: "/api/session", cookies: phone.device });
      expect(await rows()).toBe(0);
      await phoneOf("w.ends", "w.ends", true, ours);
      await asOwner(db(), "update account set disabled_at = now() where name = 'w.ends'");
      expect(await rows()).toBe(0);
      for (const status of [404, 410]) {
        await phoneOf(`w.${status}`, `w.${status}`, true, ours);
        at.service.answer(`w.${status}`, status);
      }
      expect(await tellPhones(at.app.services)).toBe(2);
      await expect.poll(rows, { timeout: 5_000 }).toBe(0);
    });

    test("are rows that their own warden alone reads and takes away, in the database too", async () => {
      await three();
      const warden = { person: "w.ours", role: "warden", partner: ours } as const;
      const as = <Row>(statement: string) =>
        db().transaction(warden, (tx) => tx.query<Row>(statement));
      expect(await as("select person from push_subscription")).toEqual([{ person: "w.ours" }]);
      await as("delete from push_subscription where person <> 'w.ours'");
      expect(await countIn(db(), "push_subscription")).toBe(3);
      const insert = `insert into push_subscription (endpoint, person, device_hash, sign_in_id, added_at)
        values ('https://push.example.test/x', 'o.one', sha256('x'), gen_random_uuid(), now())`;
      await expect(as(insert)).rejects.toThrow(/row-level security/);
      await expect(as("select told_at from push_subscription")).rejects.toThrow(
        /permission denied/,
      );
    });
  },
  fillPlaces,
);
