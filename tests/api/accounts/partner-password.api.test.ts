import { beforeAll, describe, expect, test } from "vitest";
import type { AccountReply } from "#core/accounts/wire/accounts.ts";
import type { OpeningsReply } from "#core/accounts/wire/openings.ts";
import {
  addTestAccount,
  asOwner,
  goodPassword,
  idOfAccount,
  type SignedIn,
  sessionOf,
  tryPassword,
  trySecret,
} from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine, refusedBy } from "#tests/support/database.ts";

const good = "four geese over water";

onOneEngine("a password for a partner", ({ db }) => {
  const app = appWith(db);
  let admin: SignedIn;
  let coordinator: SignedIn;
  beforeAll(async () => {
    await addTestAccount(db(), { name: "the.admin", role: "admin" });
    await addTestAccount(db(), { name: "co.ordinator", role: "coordinator" });
    await addTestAccount(db(), { name: "north.worker", role: "partner", partner: "north" });
    admin = await sessionOf(app, "the.admin");
    coordinator = await sessionOf(app, "co.ordinator");
  });

  const add = async (name: string) => {
    const body = { name, role: "partner", partner: "north" };
    return (await admin.send("POST", "/api/accounts", body)).json<AccountReply>().id;
  };
  const change = (id: string, body: object) => admin.send("PATCH", `/api/accounts/${id}`, body);
  const secretFor = (id: string) => admin.send("POST", `/api/accounts/${id}/set-up`);
  const waiting = async (name: string) =>
    (await coordinator.get("/api/openings"))
      .json<OpeningsReply>()
      .openings.filter(({ account, state }) => account === name && state === "waits");
  const confirmAll = async (name: string) => {
    for (const { id } of await waiting(name)) {
      expect((await coordinator.send("POST", `/api/openings/${id}/confirm`)).statusCode).toBe(200);
    }
  };
  const stored = async (name: string) => {
    const [row] = await asOwner<{ password: boolean; secret: boolean; allowed: boolean }>(
      db(),
      `select password_hash is not null as password, setup_hash is not null as secret,
         partner_password as allowed from account where name = $1`,
      [name],
    );
    return row;
  };

  test("is off: no secret is given to one before an administrator has turned it on", async () => {
    const id = await add("off.first");
    await confirmAll("off.first");
    expect((await secretFor(id)).json()).toMatchObject({
      status: 409,
      title: "Passwords are off for this partner",
    });
    expect(await stored("off.first")).toEqual({ password: false, secret: false, allowed: false });
    const listed = (await admin.get("/api/accounts")).json<{ accounts: AccountReply[] }>();
    const of = (name: string) => listed.accounts.find((one) => one.name === name);
    expect(of("off.first")).toMatchObject({ partnerPassword: false });
    expect(of("north.worker")).toMatchObject({ partnerPassword: true });
  });

  test("turned on it waits for a second person, who says yes once to it and the secret", async () => {
    const id = await add("on.then");
    await confirmAll("on.then");
    expect((await change(id, { partnerPassword: true })).json()).toMatchObject({
      partnerPassword: true,
    });
    expect(await waiting("on.then")).toMatchObject([{ act: "passwords" }]);
    const { secret } = (await secretFor(id)).json<{ secret: string }>();
    expect(await waiting("on.then")).toMatchObject([{ act: "secret" }]);
    expect((await trySecret(app, "on.then", secret, good)).statusCode).toBe(403);
    await confirmAll("on.then");
    expect((await trySecret(app, "on.then", secret, good)).statusCode).toBe(200);
    expect((await tryPassword(app, "on.then", good)).statusCode).toBe(200);
  });

  test("turned off it is gone at once, and nothing of it waits any more", async () => {
    await addTestAccount(db(), { name: "off.again", role: "partner", partner: "north" });
    const account = await idOfAccount(db(), "off.again");
    const worker = await sessionOf(app, "off.again");
    await change(account, { partnerPassword: false });
    expect(await stored("off.again")).toEqual({ password: false, secret: false, allowed: false });
    expect((await worker.get("/api/outreach/sessions")).statusCode, "signed out").toBe(401);
    expect((await tryPassword(app, "off.again")).statusCode).toBe(401);
    await change(account, { partnerPassword: true });
    await secretFor(account);
    await change(account, { partnerPassword: false });
    expect(await waiting("off.again")).toEqual([]);
  });

  describe("goes with a change of role", () => {
    test("of whoever becomes a partner", async () => {
      await addTestAccount(db(), { name: "was.coordinator", role: "coordinator" });
      const account = await idOfAccount(db(), "was.coordinator");
      const reply = await change(account, { role: "partner", partner: "north" });
      expect(reply.statusCode, reply.body).toBe(200);
      expect(await stored("was.coordinator")).toMatchObject({ password: false });
      const refused = await change(account, { role: "auditor", partnerPassword: true });
      expect(refused.statusCode).toBe(422);
    });

    test("and what waits is no less shut when a partner becomes something else", async () => {
      const id = await add("was.partner");
      await confirmAll("was.partner");
      await change(id, { partnerPassword: true });
      const { secret } = (await secretFor(id)).json<{ secret: string }>();
      await change(id, { role: "coordinator" });
      expect((await waiting("was.partner")).map(({ act }) => act).sort()).toEqual([
        "role",
        "secret",
      ]);
      expect((await trySecret(app, "was.partner", secret, good)).statusCode).toBe(403);
    });
  });

  test("the database keeps none for a partner for whom it is off, whoever writes it", async () => {
    await add("by.hand");
    const [{ hash } = { hash: "" }] = await asOwner<{ hash: string }>(
      db(),
      "select password_hash as hash from account where name = 'north.worker'",
    );
    for (const set of [
      `password_hash = '${hash}'`,
      "setup_hash = sha256('x'), setup_until = now() + interval '1 day'",
    ]) {
      await refusedBy(
        "account_partner_password_allowed",
        asOwner(db(), `update account set ${set} where name = 'by.hand'`),
      );
    }
    expect((await tryPassword(app, "by.hand", goodPassword)).statusCode).toBe(401);
  });
});
