import { beforeAll, describe, expect, test } from "vitest";
import type { AccountsReply } from "#core/accounts/wire/accounts.ts";
import { looksAlikeType } from "#core/text/problem-types.ts";
import { createApp } from "#server/app/app.ts";
import { ownerActor } from "#server/db/database.ts";
import { knownCalendars } from "#server/protected-time/queries/calendars.ts";
import {
  addTestAccount,
  asOwner,
  auditOf,
  confirmWaiting,
  newAddress,
  type SignedIn,
  sessionOf,
  tryPassword,
} from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { london } from "#tests/support/outreach.ts";

const url = "/api/accounts";
const good = "four geese over water";

onOneEngine("looking after accounts", ({ db }) => {
  const app = appWith(db);
  let admin: SignedIn;
  beforeAll(async () => {
    await addTestAccount(db(), { name: "the.admin", role: "admin" });
    admin = await sessionOf(app, "the.admin");
    await asOwner(
      db(),
      `insert into partner (code, name, created_at)
       values ('north', 'North Street', now()), ('south', 'South Street', now())`,
    );
  });

  const listed = async (caller: SignedIn = admin) => (await caller.get(url)).json<AccountsReply>();
  const idOf = async (name: string) =>
    (await listed()).accounts.find((account) => account.name === name)?.id ?? "";
  const change = async (name: string, body: unknown) =>
    admin.send("PATCH", `${url}/${await idOf(name)}`, body);

  test("an account is added, given a secret, and its person sets a password with it", async () => {
    const made = await admin.send("POST", url, {
      name: "New.Person",
      role: "partner",
      partner: "north",
      shownName: "New Person",
      lastDay: "2090-03-31",
    });
    expect(made.statusCode).toBe(200);
    expect(made.json()).toMatchObject({
      name: "new.person",
      role: "partner",
      partner: "north",
      lastDay: "2090-03-31",
      hasPassword: false,
      partnerPassword: false,
      state: "in use",
      isOwn: false,
    });
    await change("new.person", { partnerPassword: true });
    const { secret } = (
      await admin.send("POST", `${url}/${await idOf("new.person")}/set-up`)
    ).json<{
      secret: string;
    }>();
    await confirmWaiting(db(), "new.person");
    const first = await app.app.inject({
      method: "POST",
      url: "/api/session/set-up",
      payload: { name: "new.person", secret, password: good },
      remoteAddress: newAddress(),
    });
    expect(first.json()).toMatchObject({ role: "partner", partnerName: "north" });
  });

  test("what is listed holds no secret, and the auditor reads the same", async () => {
    await addTestAccount(db(), { name: "the.auditor", role: "auditor" });
    const auditor = await sessionOf(app, "the.auditor");
    const reply = await auditor.get(url);
    expect(reply.body).not.toContain("argon2");
    expect((await listed(auditor)).partners).toEqual([
      { code: "north", name: "North Street" },
      { code: "south", name: "South Street" },
    ]);
  });

  test("an outreach partner is added for its accounts, and counts as one that has given no times yet", async () => {
    const add = (name: string) => admin.send("POST", "/api/partners", { name });
    const made = await add("  Night   Van ");
    expect(made.json()).toEqual({ code: "night-van", name: "Night Van" });
    expect((await listed()).partners).toContainEqual({ code: "night-van", name: "Night Van" });
    const account = { name: "van.driver", role: "partner", partner: "night-van" };
    expect((await admin.send("POST", url, account)).json()).toMatchObject({ partner: "night-van" });
    expect((await add("night van")).statusCode).toBe(409);
    const lines = await auditOf(db(), "add an outreach partner");
    expect(lines).toMatchObject([
      { person: "the.admin", outcome: "done", detail: { partner: expect.stringMatching(/^\d+$/) } },
      { person: "the.admin", outcome: "refused", detail: { status: 409 } },
    ]);
    for (const name of ["", "   ", "-", "x".repeat(81)]) {
      expect((await add(name)).statusCode, name).toBe(400);
    }
    await confirmWaiting(db(), "van.driver");
    const driver = await sessionOf(app, "van.driver");
    expect((await driver.get("/api/outreach/sessions")).json()).toEqual({ sessions: [] });
    const calendars = await db().transaction(ownerActor, (tx) =>
      knownCalendars(tx, { zone: london, now: Date.UTC(2100, 0, 1) }),
    );
    expect([...calendars.values()].map(({ report }) => report)).toEqual([null, null, null]);
  });

  test.each([
    ["role", { role: "analyst" }],
    ["disabling", { disabled: true }],
    ["the name at the provider", { oidcName: "Somebody" }],
  ])("a change of %s signs the person out at once", async (what, body) => {
    const name = `change.${what.split(" ").at(-1)}`;
    await addTestAccount(db(), { name });
    const caller = await sessionOf(app, name);
    expect((await caller.get("/api/session")).json()).toMatchObject({ signedIn: true });
    expect((await change(name, body)).statusCode).toBe(200);
    expect((await caller.get("/api/session")).json()).toMatchObject({ signedIn: false });
  });

  test("nobody ends their own account by its last day, nor binds it to another name", async () => {
    for (const body of [{ lastDay: "2020-01-01" }, { oidcName: "Somebody" }]) {
      expect((await change("the.admin", body)).statusCode, JSON.stringify(body)).toBe(409);
    }
    expect((await change("the.admin", { lastDay: "2099-01-01" })).statusCode).toBe(200);
    expect((await change("the.admin", { lastDay: null })).statusCode).toBe(200);
  });

  test("a partner's account that becomes another role's belongs to no partner any more", async () => {
    await addTestAccount(db(), { name: "was.partner", role: "partner", partner: "south" });
    expect((await change("was.partner", { role: "coordinator" })).json()).toMatchObject({
      role: "coordinator",
      partner: null,
    });
    const back = await change("was.partner", { role: "partner" });
    expect(back.statusCode).toBe(422);
    expect(back.json()).toMatchObject({ errors: [{ field: "partner" }] });
  });

  test("nobody disables or demotes themselves, or draws an own secret", async () => {
    for (const body of [{ disabled: true }, { role: "sergeant" }]) {
      expect((await change("the.admin", body)).statusCode).toBe(409);
    }
    const own = `${url}/${await idOf("the.admin")}`;
    expect((await admin.send("POST", `${own}/set-up`)).statusCode).toBe(409);
    expect((await change("the.admin", { shownName: "The Admin" })).statusCode).toBe(200);
    expect((await admin.get("/api/session")).json()).toMatchObject({ shownName: "The Admin" });
  });

  test.each([
    ["a name that is taken", { name: "THE.admin", role: "admin" }, 409],
    ["a name with a blank", { name: "the admin", role: "admin" }, 422],
    ["a role that does not exist", { name: "some.one", role: "operator" }, 400],
    ["a field too many", { name: "some.one", role: "admin", password_hash: "x" }, 400],
    ["a day that does not exist", { name: "some.one", role: "admin", lastDay: "2026-02-30" }, 400],
    ["a partner for a sergeant", { name: "some.one", role: "sergeant", partner: "north" }, 422],
    ["a liaison without a neighbour", { name: "some.one", role: "liaison" }, 422],
    [
      "a neighbour for a sergeant",
      { name: "some.one", role: "sergeant", neighbour: "Barnet" },
      422,
    ],
    ["a neighbour that does not exist", { name: "some.one", role: "liaison", neighbour: "X" }, 422],
    ["a partner that does not exist", { name: "some.one", role: "partner", partner: "west" }, 422],
  ])("%s is refused", async (_what, body, status) => {
    expect((await admin.send("POST", url, body)).statusCode).toBe(status);
    expect(await asOwner(db(), "select 1 from account where name = 'some.one'")).toEqual([]);
  });

  test.each(["999999", "0", "1;drop", "__proto__", "%00"])(
    "no account has the number %s",
    async (id) => {
      const reply = await admin.send("PATCH", `${url}/${id}`, { disabled: true });
      expect([400, 404]).toContain(reply.statusCode);
    },
  );

  test("a name that looks like another is asked about first, and added by whoever says so", async () => {
    await asOwner(
      db(),
      `insert into partner (code, name, created_at) values ('open', 'Open Door', now())`,
    );
    // The o's are Greek and Cyrillic.
    const twin = { name: "\u039fpen D\u043eor" };
    const asked = await admin.send("POST", "/api/partners", twin);
    expect(asked.statusCode).toBe(409);
    expect(asked.json()).toMatchObject({
      type: looksAlikeType,
      title: 'This looks like "Open Door"',
    });
    const kept = "select count(*)::int as n from partner where name like '%pen D%'";
    expect(await asOwner(db(), kept)).toEqual([{ n: 1 }]);
    const anyway = await admin.send("POST", "/api/partners", { ...twin, evenAlike: true });
    expect(anyway.statusCode, anyway.body).toBe(200);

    const account = { name: "the.adrnin", role: "sergeant" };
    const refused = await admin.send("POST", url, account);
    expect(refused.json()).toMatchObject({ status: 409, title: 'This looks like "the.admin"' });
    const shown = { name: "another", role: "sergeant", shownName: "the.adm\u0456n" };
    expect((await admin.send("POST", url, shown)).statusCode).toBe(409);
    expect((await admin.send("POST", url, { ...account, evenAlike: true })).statusCode).toBe(200);
    const added = await admin.send("POST", url, { name: "renamed.one", role: "presenter" });
    const one = `${url}/${(added.json() as { id: string }).id}`;
    const renamed = { shownName: shown.shownName };
    expect((await admin.send("PATCH", one, renamed)).statusCode).toBe(409);
    const evenSo = await admin.send("PATCH", one, { ...renamed, evenAlike: true });
    expect(evenSo.statusCode, evenSo.body).toBe(200);
    const hidden = { ...shown, shownName: "Open\u202eDoor", evenAlike: true };
    expect((await admin.send("POST", url, hidden)).statusCode).toBe(400);
  });

  describe("passwords", () => {
    test("cannot be switched off where nothing else signs in", async () => {
      const reply = await admin.send("PUT", "/api/account-settings", { localPasswords: false });
      expect(reply.statusCode).toBe(409);
    });

    test("switched off, sign nobody in and unlock nothing, whoever asks; on again, they do", async () => {
      const oidc = {
        issuer: "https://id.example",
        clientId: "boxster",
        clientSecret: "x",
        name: "Example",
      };
      const config = { ...app.services.config, oidc };
      const other = await createApp({ ...app.services, config });
      const set = (localPasswords: boolean) =>
        other.inject({
          method: "PUT",
          url: "/api/account-settings",
          cookies: admin.cookies,
          payload: { localPasswords },
        });
      expect((await set(false)).json()).toEqual({
        localPasswords: false,
        secondFactorForPolice: false,
        policeContact: null,
        provider: "Example",
      });
      expect((await app.stranger.get("/api/session")).json()).toMatchObject({
        signInBy: { passwords: false },
      });
      await addTestAccount(db(), { name: "by.password" });
      for (const name of ["by.password", "nobody.at.all"]) {
        const reply = await tryPassword(app, name);
        expect(reply.statusCode).toBe(403);
        expect(reply.json()).toMatchObject({ title: "Passwords are off" });
      }
      expect((await set(true)).statusCode).toBe(200);
      expect((await tryPassword(app, "by.password")).statusCode).toBe(200);
      await other.close();
    });
  });
});
