import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { hourMs, minuteMs } from "#core/time/zone.ts";
import { pushCommand } from "#server/accounts/commands/push.ts";
import { tellPhones } from "#server/accounts/push/tell.ts";
import { doctorCommand } from "#server/app/doctor.ts";
import { ownerActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { addTestAccount, asOwner, auditOf, countIn, sessionOf } from "#tests/support/accounts.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine, onOneEngine } from "#tests/support/database.ts";
import { agreedWindow, circleAt, corner } from "#tests/support/outreach.ts";
import { addPartners, placeBy } from "#tests/support/partner-care.ts";
import { pushApp } from "#tests/support/push-app.ts";
import { isWhole } from "#tests/support/runs.ts";

/** Messages are waited for: both engines in `npm run test:slow`. */
const onEngines = isWhole ? onEachEngine : onOneEngine;

const inside = footprintOf(circleAt(corner))[0] as H3Cell;

onEngines(
  "phones are told of a lost patrol",
  ({ db }) => {
    const { at, phoneOf } = pushApp(db);
    let partner: TestCaller;
    let sergeant: TestCaller;
    let placeId = "";
    beforeAll(async () => {
      await addPartners(at.app, { a: "North Van" });
      partner = await at.base.as("partner", "a");
      sergeant = await at.base.as("sergeant");
      placeId = (await placeBy(partner)).id;
      await phoneOf("o.one");
      await phoneOf("o.two");
    });
    beforeEach(async () => {
      await asOwner(db(), "delete from occupancy");
      await asOwner(db(), "update push_subscription set told_at = null");
    });
    const patrol = (aheadMs: number) => {
      const from = at.app.services.asAt.now() + aheadMs;
      return db().transaction(ownerActor, (tx) =>
        agreedWindow(tx, { from, to: from + hourMs, cells: [inside] }),
      );
    };
    const outNow = async () => {
      const reply = await partner.send("POST", "/api/outreach/out-now", { placeId });
      expect(reply.statusCode, reply.body).toBe(200);
    };
    const withdraw = async (planId: string) => {
      const reply = await sergeant.send("POST", `/api/plans/${planId}/withdraw`, {});
      expect(reply.statusCode, reply.body).toBe(200);
    };
    const arrived = (count: number) =>
      expect.poll(() => at.service.pushed.length, { timeout: 10_000, interval: 20 }).toBe(count);
    const told = () =>
      at.service.pushed
        .map(({ path, body, headers, signed, key }) => ({
          path,
          body,
          headers,
          key,
          by: signed?.sub,
        }))
        .sort((a, b) => a.path.localeCompare(b.path));

    test("a late session and a colleague's withdrawal send the same: one empty message, signed, to every officer", async () => {
      await patrol(30 * minuteMs);
      await patrol(60 * minuteMs);
      await outNow();
      await arrived(2);
      const bySession = told();
      at.service.forget();
      await asOwner(db(), "delete from occupancy");
      const { planId } = await patrol(2 * hourMs);
      await withdraw(planId);
      await arrived(2);
      expect(told()).toEqual(bySession);
      expect(bySession.map(({ path, body, by }) => [path, body, by])).toEqual([
        ["o.one", "", "mailto:desk@example.test"],
        ["o.two", "", "mailto:desk@example.test"],
      ]);
      expect(bySession[0]?.headers).toMatchObject({
        ttl: "600",
        urgency: "high",
        topic: "plan",
        "content-length": "0",
      });
      // Nothing else goes with it.
      expect(Object.keys(bySession[0]?.headers ?? {}).sort()).toEqual([
        "connection",
        "content-length",
        "host",
        "topic",
        "ttl",
        "urgency",
      ]);
      expect(at.service.pushed[0]?.signed?.aud).toBe("https://push.example.test");
      // The log says how many were told, and not of what.
      expect(
        (await auditOf(db(), "notify phones")).map(({ person, detail }) => [person, detail]),
      ).toEqual([1, 2].map(() => ["system", { phones: 2 }]));
    });

    test("several that are lost within a moment are one message, and one of tomorrow is none", async () => {
      await patrol(30 * minuteMs);
      await outNow();
      const { planId } = await patrol(6 * hourMs);
      await withdraw(planId);
      await arrived(2);
      at.service.forget();
      const later = await patrol(13 * hourMs);
      await withdraw(later.planId);
      await wait(4_000);
      expect(told()).toEqual([]);
    }, 30_000);
  },
  fillPlaces,
);

onEngines("a phone is told no longer", ({ db }) => {
  const { at, phoneOf } = pushApp(db);
  beforeEach(() => asOwner(db(), "update push_subscription set told_at = null"));
  const rowsOf = (name: string) =>
    countIn(db(), "push_subscription where person = $1::text", [name]);
  const toldOf = async (name: string) => {
    const count = await tellPhones(at.app.services);
    await expect.poll(() => at.service.pushed.length, { timeout: 5_000 }).toBe(count);
    return at.service.pushed.some(({ path }) => path.startsWith(name));
  };

  test.each([
    ["disabled", "update account set disabled_at = now() where name = $1::text"],
    ["of another role", "update account set role = 'analyst' where name = $1::text"],
    ["given a new way in", "update account set oidc_name = 'other' where name = $1::text"],
  ])("once its account is %s, its row is gone", async (what, change) => {
    const name = `ended.${what.replaceAll(" ", ".")}`;
    await phoneOf(name);
    expect(await toldOf(name)).toBe(true);
    at.service.forget();
    await asOwner(db(), change, [name]);
    expect(await rowsOf(name)).toBe(0);
    await asOwner(db(), "update push_subscription set told_at = null");
    expect(await toldOf(name)).toBe(false);
  });

  test("the statement that tells judges whose access is over, whatever rows there are", async () => {
    await phoneOf("past.day");
    await phoneOf("was.officer");
    await phoneOf("still.in");
    await asOwner(db(), "update account set expires_at = now() where name = 'past.day'");
    // As if it were put there while the account was changed.
    const row = "select * from push_subscription where person = 'was.officer'";
    await asOwner(db(), `create table kept_row as ${row}`);
    await asOwner(db(), "update account set role = 'presenter' where name = 'was.officer'");
    await asOwner(db(), "insert into push_subscription select * from kept_row");
    await asOwner(db(), "drop table kept_row");
    expect(await rowsOf("past.day")).toBe(1);
    expect(await rowsOf("was.officer")).toBe(1);
    expect(await toldOf("still.in")).toBe(true);
    const paths = at.service.pushed.map(({ path }) => path);
    expect(paths).not.toContain("past.day");
    expect(paths).not.toContain("was.officer");
    expect(await rowsOf("past.day")).toBe(0);
    expect(await rowsOf("was.officer")).toBe(0);
  });

  test("signing out takes this phone away and no other, and somebody else who signs in here too", async () => {
    const first = await phoneOf("two.phones", "two.phones-1");
    await phoneOf("two.phones", "two.phones-2", false);
    expect(await rowsOf("two.phones")).toBe(2);
    await first.inject({ method: "DELETE", url: "/api/session", cookies: first.device });
    expect(await rowsOf("two.phones")).toBe(1);
    const lent = await phoneOf("lends.phone");
    await addTestAccount(db(), { name: "borrows.phone", role: "analyst" });
    const enter = (name: string) =>
      at.app.app.inject({
        method: "POST",
        url: "/api/session",
        cookies: { push: lent.device["push"] ?? "" },
        payload: { name, password: "rain on the third platform" },
      });
    await enter("borrows.phone");
    expect(await rowsOf("lends.phone")).toBe(0);
  });

  test("ending its session from elsewhere takes that phone away", async () => {
    await phoneOf("lost.phone", "lost.phone-1");
    const kept = await phoneOf("lost.phone", "lost.phone-2", false);
    const list = (await kept.get("/api/sign-ins")).json<{
      signIns: { id: string; isThis: boolean }[];
    }>();
    const other = list.signIns.find(({ isThis }) => !isThis);
    const reply = await kept.send("DELETE", `/api/sign-ins/${other?.id}`);
    expect(reply.statusCode, reply.body).toBe(200);
    expect(await toldOf("lost.phone")).toBe(true);
    expect(at.service.pushed.map(({ path }) => path)).not.toContain("lost.phone-1");
    expect(await rowsOf("lost.phone")).toBe(1);
  });

  test("of a person the last three phones are told", async () => {
    for (const n of [1, 2, 3, 4]) await phoneOf("many.phones", `many.phones-${n}`, n === 1);
    const left = await asOwner<{ endpoint: string }>(
      db(),
      "select endpoint from push_subscription where person = 'many.phones' order by added_at",
    );
    expect(left.map(({ endpoint }) => endpoint.slice(-1))).toEqual(["2", "3", "4"]);
  });

  test("an officer reads and takes away own rows alone; the row of another is refused", async () => {
    await phoneOf("own.rows");
    const as = (person: string, statement: string) =>
      db().transaction({ person, role: "sergeant", partner: null }, (tx) =>
        tx.query<{ person: string }>(statement),
      );
    const rows = await as("own.rows", "select person from push_subscription");
    expect(new Set(rows.map(({ person }) => person))).toEqual(new Set(["own.rows"]));
    await as("own.rows", "delete from push_subscription where person = 'still.in'");
    expect(await rowsOf("still.in")).toBe(1);
    const insert = `insert into push_subscription (endpoint, person, device_hash, sign_in_id, added_at)
      values ('https://push.example.test/x', 'still.in', sha256('x'), gen_random_uuid(), now())`;
    await expect(as("own.rows", insert)).rejects.toThrow(/row-level security/);
  });
});

onOneEngine("push", ({ db }) => {
  const { at, phoneOf } = pushApp(db);
  beforeEach(() => asOwner(db(), "delete from push_subscription"));
  const rows = () => countIn(db(), "push_subscription");

  describe("a push service", () => {
    test.each([404, 410])(
      "that answers %i no longer knows the phone: it is forgotten",
      async (status) => {
        await phoneOf(`gone.${status}`);
        at.service.answer(`gone.${status}`, status);
        await tellPhones(at.app.services);
        await expect.poll(rows, { timeout: 5_000 }).toBe(0);
      },
    );

    test("that fails, hangs or leads elsewhere is counted, delays nobody, and is not followed", async () => {
      for (const name of ["fails", "hangs", "leads", "works"]) await phoneOf(name);
      at.service.answer("fails", 500);
      at.service.answer("hangs", "never");
      at.service.answer("leads", 302);
      const begun = Date.now();
      expect(await tellPhones(at.app.services)).toBe(4);
      await expect
        .poll(() => at.service.pushed.some(({ path }) => path === "works"), { timeout: 2_000 })
        .toBe(true);
      expect(Date.now() - begun).toBeLessThan(2_000);
      const failed = () => countIn(db(), "push_subscription where failed_at is not null");
      await expect.poll(failed, { timeout: 40_000, interval: 200 }).toBe(3);
      const tries = (name: string) => at.service.pushed.filter(({ path }) => path === name).length;
      expect([tries("fails"), tries("hangs"), tries("leads"), tries("works")]).toEqual([
        3, 3, 1, 1,
      ]);
      expect(tries("led-on")).toBe(0);
      const { text, json } = await runCommand(at.app.services, doctorCommand, {});
      expect(text).toContain("Push: on, phones 4, of them not reached when last told 3");
      expect(JSON.stringify([text, json])).not.toContain("push.example.test/");
    }, 60_000);
  });

  test("partners, strangers and a role of the demonstration cannot switch it on", async () => {
    const body = { endpoint: at.service.addressOf("nobody") };
    const worker = "night.worker";
    await addTestAccount(db(), {
      name: worker,
      role: "partner",
      partner: "a",
      withoutPassword: true,
    });
    const partner = await sessionOf(at.app, worker);
    for (const [method, url] of [
      ["PUT", ""],
      ["DELETE", ""],
      ["POST", "/test"],
    ] as const) {
      expect((await partner.send(method, `/api/push${url}`, body)).statusCode).toBe(403);
      expect((await at.base.stranger.send(method, `/api/push${url}`, body)).statusCode).toBe(401);
    }
    const refused = await (await at.base.as("sergeant")).send("PUT", "/api/push", body);
    expect(refused.statusCode).toBe(409);
    expect(await rows()).toBe(0);
  });

  test("an address that is not of a push service is refused in words, and nothing is kept", async () => {
    await addTestAccount(db(), { name: "curious", withoutPassword: true });
    const caller = await sessionOf(at.app, "curious");
    for (const endpoint of ["https://127.0.0.1/x", "https://intranet.example/x", "x", ""]) {
      const reply = await caller.send("PUT", "/api/push", { endpoint });
      expect(reply.statusCode).toBe(400);
      expect(reply.json()).toMatchObject({ title: "Not added" });
    }
    expect((await caller.send("PUT", "/api/push", { endpoint: 7 })).statusCode).toBe(400);
    expect(await rows()).toBe(0);
  });

  test("switched on, tried and off, each with what the page shows and its line", async () => {
    const phone = await phoneOf("tries.it");
    const other = await phoneOf("other.one");
    const call = async (method: "GET" | "POST" | "DELETE", url: string) =>
      (await phone.inject({ method, url, cookies: phone.device })).json<object>();
    expect(await call("GET", "/api/push")).toMatchObject({ on: true });
    expect(await call("POST", "/api/push/test")).toMatchObject({ on: true });
    await expect.poll(() => at.service.pushed.map(({ path }) => path)).toEqual(["tries.it"]);
    expect(await call("DELETE", "/api/push")).toMatchObject({ on: false });
    expect(await call("GET", "/api/push")).toMatchObject({ on: false });
    expect(
      (await other.inject({ method: "GET", url: "/api/push", cookies: other.device })).json(),
    ).toMatchObject({ on: true });
    const lines = await auditOf(db(), "notify a phone", "stop notifying a phone");
    const own = lines.filter(({ person }) => person === "tries.it");
    expect(own.map(({ act, detail }) => [act, detail])).toEqual([
      ["notify a phone", {}],
      ["stop notifying a phone", {}],
    ]);
    expect(JSON.stringify(lines)).not.toContain("push.example.test");
  });

  test("set up again it keeps its keys; off it deletes them and every phone; wrong contacts are refused", async () => {
    const run = (positionals: readonly string[], values = {}) =>
      runCommand(at.app.services, pushCommand, { positionals, values });
    for (const contact of [
      "desk@example.test",
      "mailto:desk",
      "http://x.test",
      "https://localhost",
    ]) {
      await expect(run(["setup"], { contact })).rejects.toThrow(/mailto:NAME@DOMAIN/);
    }
    await phoneOf("until.off");
    const caller = await sessionOf(at.app, "until.off");
    const keyOf = async () =>
      (await caller.get("/api/push")).json<{ publicKey: string | null }>().publicKey;
    const before = await keyOf();
    const again = await run(["setup"], { contact: "https://example.test/desk" });
    expect(again.json).toEqual({
      contact: "https://example.test/desk",
      publicKey: before,
      made: false,
    });
    expect(JSON.stringify(again)).not.toContain("privateKey");
    expect((await run(["off"])).json).toEqual({ wasOn: true });
    expect([await keyOf(), await rows()]).toEqual([null, 0]);
    const body = { endpoint: at.service.addressOf("late") };
    expect((await caller.send("PUT", "/api/push", body)).statusCode).toBe(409);
    expect((await run(["off"])).json).toEqual({ wasOn: false });
    expect((await run(["setup"], { contact: "mailto:desk@example.test" })).json).toMatchObject({
      made: true,
    });
    expect(await keyOf()).not.toBe(before);
  });
});
