import { beforeAll, describe, expect, test } from "vitest";
import { accountActs } from "#core/accounts/account-acts.ts";
import type { Actor } from "#core/role.ts";
import { localPasswordsKey } from "#server/accounts/account-settings.ts";
import { userCommand } from "#server/accounts/commands/user.ts";
import type { Services } from "#server/acts/services.ts";
import { actionOf } from "#server/cli/arguments.ts";
import { ownerActor } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import {
  addTestAccount,
  asOwner,
  auditOf,
  newAddress,
  sessionOf,
  tryPassword,
} from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";

const good = "four geese over water";

onEachEngine("boxster user", ({ db }) => {
  const app = appWith(db);
  let services: Services;
  beforeAll(async () => {
    services = app.services;
  });

  const user = (
    positionals: readonly string[],
    values: Readonly<Record<string, string | boolean>> = {},
    secret?: string,
  ) =>
    runCommand(services, userCommand, {
      positionals,
      values,
      ...(secret === undefined ? {} : { secret }),
    });
  const dump = () =>
    asOwner<{ dump: string }>(
      db(),
      "select (select string_agg(account::text, ';') from account) || (select string_agg(audit::text, ';') from audit) as dump",
    );

  test("confirm and refuse: the word of the host on what waits for an account, where nobody else can say it", async () => {
    const admin: Actor = { person: "lone.admin", role: "admin", partner: null };
    for (const name of ["lone.auditor", "not.wanted"]) {
      await db().transaction(admin, (tx) =>
        tx.query("insert into account (name, role, created_at) values ($1, 'auditor', now())", [
          name,
        ]),
      );
      await refusedBy("account_confirmed_by_second", sessionOf(app, name));
    }
    expect((await user(["confirm", "lone.auditor"])).json).toEqual({
      name: "lone.auditor",
      word: "confirmed",
      count: 1,
    });
    await sessionOf(app, "lone.auditor");
    await user(["refuse", "not.wanted"]);
    await expect(sessionOf(app, "not.wanted")).rejects.toThrow("second person");
    await expect(user(["confirm", "not.wanted"])).rejects.toThrow("Nothing to confirm.");
    await expect(user(["confirm", "no.body"])).rejects.toThrow("no account");
    expect(await auditOf(db(), accountActs.confirm)).toMatchObject([
      { person: "tester", role: "operator", outcome: "done", detail: { account: "lone.auditor" } },
      { outcome: "refused" },
      { outcome: "refused" },
    ]);
  });

  test("add: the person signs in with that password; it stands in no table and no log", async () => {
    const made = await user(["add", "First.Admin"], { role: "admin" }, good);
    expect(made.json).toMatchObject({ name: "first.admin", role: "admin", signsInBy: "password" });
    expect((await tryPassword(app, "first.admin", good)).json()).toMatchObject({ role: "admin" });
    expect((await dump())[0]?.dump).not.toContain(good);
    expect(JSON.stringify(made)).not.toContain(good);
    expect(await auditOf(db(), "add an account")).toEqual([
      {
        person: "tester",
        role: "operator",
        act: "add an account",
        outcome: "done",
        detail: { account: "first.admin", role: "admin" },
      },
    ]);
  });

  test("add: the last day is its whole day by the London clock", async () => {
    const made = await user(
      ["add", "until.june"],
      { role: "analyst", expires: "2031-06-30", shown: "June Until" },
      good,
    );
    expect(made.json).toMatchObject({ lastDay: "2031-06-30", shownName: "June Until" });
    const [row] = await asOwner<{ at: string }>(
      db(),
      `select to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as at from account
       where name = 'until.june'`,
    );
    expect(row?.at).toBe("2031-06-30 23:00");
  });

  test("add: a partner's account belongs to that partner", async () => {
    await asOwner(
      db(),
      "insert into partner (code, name, created_at) values ('nightlight', 'Night Light', now())",
    );
    const made = await user(
      ["add", "outreach.one"],
      { role: "partner", partner: "Night Light" },
      good,
    );
    expect(made.json).toMatchObject({ role: "partner", partner: "nightlight" });
  });

  test("add: by the identity provider no password is needed", async () => {
    const { action } = actionOf(userCommand, ["add", "x"]);
    expect(action).toMatchObject({ secret: { name: "password", unless: "oidc" } });
    const made = await user(["add", "by.provider"], { role: "sergeant", oidc: "B.Provider" });
    expect(made.json).toMatchObject({ signsInBy: "provider (not yet)" });
    expect((await tryPassword(app, "by.provider", "")).statusCode).toBe(400);
    expect((await tryPassword(app, "by.provider", good)).statusCode).toBe(401);
  });

  describe("is refused in words, and nothing is kept", () => {
    test.each([
      ["a password that is short", ["add", "bad.one"], { role: "admin" }, "short", /at least 12/],
      ["no password at all", ["add", "bad.one"], { role: "admin" }, undefined, /at least 12/],
      [
        "the name as password",
        ["add", "bad.one.name"],
        { role: "admin" },
        "bad.one.name",
        /sign-in name/,
      ],
      ["no role", ["add", "bad.one"], {}, good, /--role is missing/],
      [
        "a role that does not exist",
        ["add", "bad.one"],
        { role: "chief" },
        good,
        /--role chief: it is one of/,
      ],
      [
        "a day that does not exist",
        ["add", "bad.one"],
        { role: "admin", expires: "2031-02-30" },
        good,
        /--expires/,
      ],
      ["a name with a blank", ["add", "bad one"], { role: "admin" }, good, /2 to 64/],
      [
        "no partner for a partner",
        ["add", "bad.one"],
        { role: "partner" },
        good,
        /needs an outreach partner/,
      ],
      [
        "a partner that does not exist",
        ["add", "bad.one"],
        { role: "partner", partner: "x" },
        good,
        /not the name of an outreach partner/,
      ],
      [
        "a partner for an admin",
        ["add", "bad.one"],
        { role: "admin", partner: "x" },
        good,
        /Only the roles partner and warden/,
      ],
      ["no name", ["add"], { role: "admin" }, good, /NAME is missing/],
      ["a word that is none", ["remove", "bad.one"], {}, undefined, /none of add, list/],
      ["a word of every object", ["constructor", "bad.one"], {}, undefined, /none of add, list/],
      ["a stranger", ["disable", "nobody.here"], {}, undefined, /no account/],
    ] as const)("%s", async (_what, positionals, values, secret, reason) => {
      await expect(user([...positionals], values, secret)).rejects.toThrow(reason);
      expect(await asOwner(db(), "select 1 from account where name like 'bad%'")).toEqual([]);
    });

    test("a name that is taken", async () => {
      await addTestAccount(db(), { name: "taken" });
      await expect(user(["add", "Taken"], { role: "admin" }, good)).rejects.toThrow(/already/);
      expect((await auditOf(db(), "add an account")).at(-1)).toMatchObject({ outcome: "refused" });
    });
  });

  test("passwords that were switched off are switched on from the machine, and off never", async () => {
    await user(["add", "way.back"], { role: "admin" }, good);
    await db().transaction(ownerActor, (tx) => writeSetting(tx, localPasswordsKey, false));
    expect((await tryPassword(app, "way.back", good)).statusCode).not.toBe(200);
    await expect(user(["passwords", "off"])).rejects.toThrow("ON off: it is one of on");
    expect((await user(["passwords", "on"])).json).toEqual({ localPasswords: true });
    expect((await tryPassword(app, "way.back", good)).statusCode).toBe(200);
    expect(await auditOf(db(), "set how people sign in")).toHaveLength(1);
  });

  test("disable ends sessions at once, and enable revives none of them", async () => {
    await addTestAccount(db(), { name: "goes.away" });
    const caller = await sessionOf(app, "goes.away");
    const isIn = async () =>
      (await caller.get("/api/session")).json<{ signedIn: boolean }>().signedIn;
    expect(await isIn()).toBe(true);
    await user(["disable", "goes.away"]);
    expect(await isIn()).toBe(false);
    expect((await tryPassword(app, "goes.away")).statusCode).toBe(401);
    await user(["enable", "goes.away"]);
    expect(await isIn()).toBe(false);
    expect((await tryPassword(app, "goes.away")).statusCode).toBe(200);
  });

  test("password: the old one is gone, and so are its sessions", async () => {
    await addTestAccount(db(), { name: "new.password" });
    const caller = await sessionOf(app, "new.password");
    await user(["password", "new.password"], {}, good);
    expect((await caller.get("/api/session")).json()).toMatchObject({ signedIn: false });
    expect((await tryPassword(app, "new.password")).statusCode).toBe(401);
    expect((await tryPassword(app, "new.password", good)).statusCode).toBe(200);
  });

  describe("set-up: a one-time secret", () => {
    const offer = (name: string, secret: string, password = good) =>
      app.app.inject({
        method: "POST",
        url: "/api/session/set-up",
        payload: { name, secret, password },
        remoteAddress: newAddress(),
      });
    const issue = async (name: string) => {
      const { json } = await user(["set-up", name]);
      return (json as { secret: string }).secret;
    };

    test("sets a first password and signs in, once", async () => {
      await addTestAccount(db(), { name: "sets.up", withoutPassword: true });
      const secret = await issue("sets.up");
      expect(secret).toMatch(/^([a-z2-9]{5}-){4}[a-z2-9]{5}$/);
      expect((await dump())[0]?.dump).not.toContain(secret);
      expect((await offer("sets.up", secret, "short")).statusCode).toBe(422);
      const typed = secret.toUpperCase().replaceAll("-", " ");
      expect((await offer("sets.up", typed)).json()).toMatchObject({ person: "sets.up" });
      expect((await offer("sets.up", secret)).statusCode).toBe(401);
      expect((await tryPassword(app, "sets.up", good)).statusCode).toBe(200);
    });

    test("offered twice at once sets one password", async () => {
      await addTestAccount(db(), { name: "sets.up.twice", withoutPassword: true });
      const secret = await issue("sets.up.twice");
      const both = await Promise.all([
        offer("sets.up.twice", secret),
        offer("sets.up.twice", secret, `${good} or another`),
      ]);
      expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401]);
    });

    test("takes the place of the password there was, and ends after three days", async () => {
      await addTestAccount(db(), { name: "sets.up.late" });
      const secret = await issue("sets.up.late");
      expect((await tryPassword(app, "sets.up.late")).statusCode).toBe(401);
      await asOwner(
        db(),
        "update account set setup_until = now() - interval '1 second' where name = 'sets.up.late'",
      );
      expect((await offer("sets.up.late", secret)).statusCode).toBe(401);
    });

    test("of another account opens nothing", async () => {
      await addTestAccount(db(), { name: "sets.up.one", withoutPassword: true });
      await addTestAccount(db(), { name: "sets.up.two", withoutPassword: true });
      const secret = await issue("sets.up.one");
      expect((await offer("sets.up.two", secret)).statusCode).toBe(401);
      expect((await offer("sets.up.unknown", secret)).statusCode).toBe(401);
    });
  });

  test("list names accounts and how they sign in, without a secret", async () => {
    const { json } = await user(["list"]);
    const { accounts } = json as { accounts: { name: string; state: string }[] };
    expect(accounts.find(({ name }) => name === "first.admin")).toMatchObject({
      role: "admin",
      signsInBy: "password",
      state: "in use",
    });
    expect(JSON.stringify(json)).not.toContain("argon2");
    expect((await auditOf(db(), "read accounts")).at(-1)).toMatchObject({ person: "tester" });
  });

  test("clear-second-factor: the way back at the host; its owner is told, and signed out", async () => {
    await addTestAccount(db(), { name: "only.admin", role: "admin" });
    const before = await sessionOf(app, "only.admin");
    const done = await user(["clear-second-factor", "Only.Admin"]);
    expect(done.json).toEqual({ name: "only.admin", cleared: true });
    expect((await before.get("/api/session")).json()).toMatchObject({ signedIn: false });
    const after = await tryPassword(app, "only.admin");
    expect(after.json()).toMatchObject({
      signedIn: true,
      needsSecondFactor: true,
      factorCleared: { askedBy: "tester", confirmedBy: null },
    });
    expect(await auditOf(db(), "clear a second factor")).toMatchObject([
      { person: "tester", role: "operator", outcome: "done", detail: { account: "only.admin" } },
    ]);
    await expect(user(["clear-second-factor", "only.admin"])).rejects.toThrow(
      "only.admin has no second factor.",
    );
  });
});
