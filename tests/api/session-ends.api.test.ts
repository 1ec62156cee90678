import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { defineRoute } from "#server/http/route.ts";
import { allRoutes } from "#server/routes/routes.ts";
import {
  addTestAccount,
  asOwner,
  auditOf,
  callerWith,
  goodPassword,
  newAddress,
  type SignedIn,
  sessionOf,
  signInAs,
  tryPassword,
} from "#tests/support/accounts.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";

let bodiesRead = 0;

const probe = defineRoute({
  method: "POST",
  url: "/api/probe",
  summary: "For this test",
  audience: ["sergeant"],
  audit: { verb: "alteration", act: "probe", purpose: "records" },
  body: z.strictObject({ count: z.int() }),
  handle: async ({ actor }) => ({ who: actor.person, role: actor.role, partner: actor.partner }),
});

const own = "/api/sign-ins";

onEachEngine("sessions of accounts", ({ db }) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp(db(), { routes: [...allRoutes, probe] });
    app.app.addHook("preParsing", async (_request, _reply, payload) => {
      bodiesRead += 1;
      return payload;
    });
  });
  afterAll(() => app.close());

  const asks = async (caller: SignedIn) =>
    (await caller.send("POST", "/api/probe", { count: 1 })).statusCode;
  const enter = async (name: string, more: { role?: "sergeant" | "partner" } = {}) => {
    await addTestAccount(db(), {
      name,
      role: more.role ?? "sergeant",
      ...(more.role === "partner" ? { partner: "p1" } : {}),
    });
    return sessionOf(app, name);
  };

  describe("end", () => {
    test.each([
      ["30 minutes without a request", "last_seen_at = now() - interval '30 minutes 1 second'"],
      ["12 hours after their start", "created_at = now() - interval '12 hours 1 second'"],
    ])("%s", async (what, change) => {
      const name = `ends.${what.split(" ")[0]}`;
      const caller = await enter(name);
      expect(await asks(caller)).toBe(200);
      await asOwner(db(), `update sign_in set ${change} where person = '${name}'`);
      expect(await asks(caller)).toBe(401);
      expect((await caller.get("/api/session")).json()).toMatchObject({
        signedIn: false,
        role: null,
        pageToken: null,
      });
    });

    test.each([
      ["is disabled", "disabled_at = now()"],
      ["comes to its last day", "expires_at = now() - interval '1 ms'"],
      ["gets another role", "role = 'analyst'"],
      ["gets another password", "password_hash = password_hash || 'x'"],
    ])("at once when the account %s", async (what, change) => {
      const name = `account.${what.replaceAll(/\W/g, "-")}`;
      const caller = await enter(name);
      expect(await asks(caller)).toBe(200);
      await asOwner(db(), `update account set ${change} where name = '${name}'`);
      expect(await asks(caller)).toBe(401);
      await asOwner(
        db(),
        `update account set disabled_at = null, expires_at = null where name = '${name}'`,
      );
      const isBack = what === "comes to its last day";
      expect(await asks(caller), "nothing revives what was ended").toBe(isBack ? 200 : 401);
    });

    test("at once when the account goes to another partner", async () => {
      const caller = await enter("account.partner", { role: "partner" });
      expect((await caller.get("/api/session")).json()).toMatchObject({ signedIn: true });
      await asOwner(
        db(),
        "insert into partner (code, name, created_at) values ('p2', 'Two', now())",
      );
      await asOwner(
        db(),
        `update account set partner_id = (select id from partner where code = 'p2')
         where name = 'account.partner'`,
      );
      expect((await caller.get("/api/session")).json()).toMatchObject({ signedIn: false });
      const again = await sessionOf(app, "account.partner");
      expect((await again.get("/api/session")).json()).toMatchObject({ partnerName: "p2" });
    });

    test("signing out: the row is gone, the cookie is cleared, the browser forgets", async () => {
      const caller = await enter("signs.out");
      const reply = await caller.send("DELETE", "/api/session");
      expect(reply.headers["clear-site-data"]).toBe('"cache", "storage"');
      expect(reply.cookies[0]).toMatchObject({ value: "", path: "/", httpOnly: true });
      expect(await asOwner(db(), "select 1 from sign_in where person = 'signs.out'")).toEqual([]);
      expect(await asks(caller), "replayed").toBe(401);
      expect(await auditOf(db(), "sign out")).toMatchObject([
        { person: "signs.out", role: "sergeant", outcome: "done" },
      ]);
    });

    test("when their person ends them from another browser, and nobody else can", async () => {
      const first = await enter("two.browsers");
      const second = await sessionOf(app, "two.browsers");
      const other = await enter("somebody.else");
      const listed = (await first.get(own)).json<{ signIns: { id: string; isThis: boolean }[] }>();
      expect(listed.signIns).toHaveLength(2);
      const id = listed.signIns.find(({ isThis }) => !isThis)?.id ?? "";
      expect((await other.send("DELETE", `${own}/${id}`)).statusCode).toBe(404);
      expect(await asks(second)).toBe(200);
      expect((await first.send("DELETE", `${own}/${id}`)).statusCode).toBe(200);
      expect(await asks(second)).toBe(401);
      expect(await asks(first)).toBe(200);
      expect(await auditOf(db(), "end an own session")).toMatchObject([
        { person: "somebody.else", outcome: "refused" },
        { person: "two.browsers", outcome: "done" },
      ]);
    });
  });

  describe("a token", () => {
    test("is new at each sign-in, and the one before in this browser is over", async () => {
      const first = await enter("new.token");
      const again = await first.inject({
        method: "POST",
        url: "/api/session",
        payload: { name: "new.token", password: goodPassword },
        remoteAddress: newAddress(),
      });
      expect(again.cookies[0]?.value).not.toBe(Object.values(first.cookies)[0]);
      expect(await asks(first)).toBe(401);
      expect(await asks(callerWith(app, again))).toBe(200);
    });

    test.each(["", "x", "a".repeat(43), "__proto__", "../../etc", "%00", "a".repeat(5_000)])(
      "that was never handed out opens nothing: %j",
      async (value) => {
        const reply = await app.app.inject({
          method: "POST",
          url: "/api/probe",
          cookies: { boxster_session: value },
          payload: { count: 1 },
        });
        expect(reply.statusCode).toBe(401);
      },
    );

    test("cannot be had from what is stored: neither its hash nor the number of the session opens", async () => {
      await enter("stored.only");
      const [row] = await asOwner<{ hash: string; id: string }>(
        db(),
        `select encode(token_hash, 'base64') as hash, id::text as id from sign_in
         where person = 'stored.only'`,
      );
      for (const value of [row?.hash ?? "", row?.id ?? ""]) {
        const reply = await app.app.inject({
          method: "POST",
          url: "/api/probe",
          cookies: { boxster_session: value },
          payload: { count: 1 },
        });
        expect(reply.statusCode).toBe(401);
      }
    });
  });

  test("the role is read at each request: a session keeps no right of a role that is gone", async () => {
    const caller = await enter("mid.session");
    // As if the trigger had been forgotten: the epoch stays, the role changes.
    await asOwner(db(), "update account set role = 'auditor' where name = 'mid.session'");
    await asOwner(
      db(),
      `update sign_in set epoch = account.epoch from account
       where account.id = sign_in.account_id and account.name = 'mid.session'`,
    );
    expect((await caller.get("/api/session")).json()).toMatchObject({ role: "auditor" });
    expect(await asks(caller)).toBe(403);
  });

  describe("behind https", () => {
    test("the cookie is bound to this host and to https", async () => {
      const { createApp } = await import("#server/app.ts");
      const secure = await createApp({
        ...app.services,
        config: { ...app.services.config, secure: true },
      });
      await addTestAccount(db(), { name: "behind.tls" });
      const reply = await secure.inject({
        method: "POST",
        url: "/api/session",
        payload: { name: "behind.tls", password: goodPassword },
        remoteAddress: newAddress(),
      });
      expect(reply.cookies[0]).toMatchObject({
        name: "__Host-boxster",
        secure: true,
        httpOnly: true,
        sameSite: "Strict",
        path: "/",
      });
      expect(reply.headers["set-cookie"]).not.toMatch(/domain/i);
      const plain = await secure.inject({
        url: "/api/session",
        cookies: { boxster_session: reply.cookies[0]?.value ?? "" },
      });
      expect(plain.json()).toMatchObject({ signedIn: false });
      await secure.close();
    });
  });

  describe("what a browser sends to change something", () => {
    const browser = {
      origin: "http://localhost",
      host: "localhost",
      "sec-fetch-site": "same-origin",
    };
    const post = (caller: SignedIn, headers: Record<string, string>) =>
      caller.inject({ method: "POST", url: "/api/probe", headers, payload: { count: 1 } });
    const tokenOf = async (caller: SignedIn) =>
      (await caller.get("/api/session")).json<{ pageToken: string }>().pageToken;

    test("needs the page token of its own session", async () => {
      const caller = await enter("page.token");
      const other = await enter("page.token.other");
      const own = { "x-boxster-token": await tokenOf(caller) };
      expect((await post(caller, { ...browser, ...own })).statusCode).toBe(200);
      for (const headers of [
        browser,
        { ...browser, "x-boxster-token": "" },
        { ...browser, "x-boxster-token": await tokenOf(other) },
        { "sec-fetch-site": "same-origin" },
        { "sec-fetch-site": "none" },
        { origin: "http://localhost", host: "localhost" },
      ]) {
        const reply = await post(caller, headers);
        expect(reply.statusCode, JSON.stringify(headers)).toBe(403);
        expect(reply.json()).toMatchObject({ title: "This page is out of date" });
      }
    });

    test.each([
      ["another site", { origin: "https://elsewhere.example", host: "localhost" }],
      ["another port", { origin: "http://localhost:81", host: "localhost" }],
      ["a name that ends alike", { origin: "http://evil-localhost", host: "localhost" }],
      ["no site at all", { origin: "null", host: "localhost" }],
      ["what the browser calls another site", { "sec-fetch-site": "cross-site" }],
      ["what the browser calls a neighbour", { "sec-fetch-site": "same-site" }],
    ])("is refused from %s, with the right page token too", async (what, headers) => {
      const caller = await enter(
        `forged.${what.replaceAll(/\W/g, "-")}`.slice(0, 60).toLowerCase(),
      );
      const reply = await post(caller, {
        ...headers,
        "x-boxster-token": await tokenOf(caller),
      } as Record<string, string>);
      expect(reply.statusCode).toBe(403);
      expect(reply.json()).toMatchObject({ title: "Foreign origin" });
      expect((await auditOf(db(), "probe")).at(-1)).toMatchObject({
        outcome: "refused",
        detail: { status: 403 },
      });
    });

    test("a script with a cookie of its own needs none", async () => {
      const caller = await enter("a.script");
      expect((await post(caller, {})).statusCode).toBe(200);
    });
  });

  describe("a body", () => {
    const long = JSON.stringify({ count: 1, more: "x".repeat(10 * 1024 * 1024) });

    test("of 10 MB from a stranger is refused before it is read", async () => {
      const before = bodiesRead;
      const reply = await app.app.inject({
        method: "POST",
        url: "/api/probe",
        headers: { "content-type": "application/json" },
        payload: long,
      });
      expect(reply.statusCode).toBe(401);
      expect(bodiesRead).toBe(before);
    });

    test("of 10 MB from a person is too large, and of a foreign page is not read", async () => {
      const caller = await enter("ten.megabytes");
      const headers = { "content-type": "application/json" };
      const mine = await caller.inject({
        method: "POST",
        url: "/api/probe",
        headers,
        payload: long,
      });
      expect(mine.statusCode).toBe(413);
      const before = bodiesRead;
      const forged = await caller.inject({
        method: "POST",
        url: "/api/probe",
        headers: { ...headers, origin: "https://elsewhere.example" },
        payload: long,
      });
      expect(forged.statusCode).toBe(403);
      expect(bodiesRead).toBe(before);
    });

    test.each([
      ["__proto__", '{"__proto__":{"role":"admin"},"name":"a","password":"b"}'],
      ["constructor", '{"constructor":{"prototype":{"x":1}},"name":"a","password":"b"}'],
      ["extra fields", '{"name":"a","password":"b","role":"admin"}'],
      ["a number for a name", '{"name":1,"password":"b"}'],
      ["a list for a password", '{"name":"a","password":["b"]}'],
      ["an object for a name", '{"name":{"$ne":""},"password":"b"}'],
      ["nothing", "null"],
      ["a list", "[]"],
      [
        "a password of 2,000 characters",
        JSON.stringify({ name: "a", password: "b".repeat(2_000) }),
      ],
    ])("for signing in with %s is not understood", async (_what, payload) => {
      const reply = await app.app.inject({
        method: "POST",
        url: "/api/session",
        headers: { "content-type": "application/json" },
        payload,
        remoteAddress: newAddress(),
      });
      expect(reply.statusCode).toBe(400);
      expect(reply.cookies).toEqual([]);
      expect(reply.body).not.toContain("    at ");
    });
  });

  describe("a locked screen", () => {
    const unlock = (caller: SignedIn, password: string) =>
      caller.inject({
        method: "POST",
        url: "/api/session/unlock",
        payload: { password },
        remoteAddress: newAddress(),
      });

    test("answers nothing but who it belongs to, until its person proves to be there", async () => {
      const caller = await enter("locks.up");
      expect((await caller.send("POST", "/api/session/lock")).json()).toMatchObject({
        locked: true,
        person: "locks.up",
      });
      expect(await asks(caller)).toBe(423);
      expect((await caller.get(own)).statusCode).toBe(423);
      expect((await caller.get("/api/session")).json()).toMatchObject({
        locked: true,
        signedIn: true,
        person: "locks.up",
      });
      expect((await unlock(caller, "not the password")).statusCode).toBe(401);
      expect(await asks(caller)).toBe(423);
      const opened = await unlock(caller, goodPassword);
      expect(opened.json()).toMatchObject({ locked: false, role: "sergeant" });
      expect(await asks(callerWith(app, opened))).toBe(200);
      expect(await asks(caller), "the token from before").toBe(401);
    });

    test("goes on asking for news without staying alive by it", async () => {
      const caller = await enter("locked.polls");
      await caller.send("POST", "/api/session/lock");
      await asOwner(
        db(),
        "update sign_in set last_seen_at = now() - interval '20 minutes' where person = 'locked.polls'",
      );
      await caller.get("/api/session");
      const [row] = await asOwner<{ idle: number }>(
        db(),
        `select extract(epoch from now() - last_seen_at)::float8 as idle from sign_in
         where person = 'locked.polls'`,
      );
      expect(row?.idle).toBeGreaterThan(1_000);
    });

    test("waits after failures like a sign-in", async () => {
      const caller = await enter("locked.guess");
      await caller.send("POST", "/api/session/lock");
      const statuses = [];
      for (let n = 0; n < 6; n += 1) {
        statuses.push((await unlock(caller, "not the password")).statusCode);
      }
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    });

    test("is opened by its person whatever strangers try on the name", async () => {
      const caller = await enter("locked.besieged");
      await caller.send("POST", "/api/session/lock");
      for (let n = 0; n < 6; n += 1) await tryPassword(app, "locked.besieged", "wrong one here");
      expect((await tryPassword(app, "locked.besieged", goodPassword)).statusCode).toBe(429);
      expect((await unlock(caller, goodPassword)).statusCode).toBe(200);
    });

    test("may be left by signing out", async () => {
      const caller = await enter("locked.leaves");
      await caller.send("POST", "/api/session/lock");
      expect((await caller.send("DELETE", "/api/session")).statusCode).toBe(200);
      expect((await caller.get("/api/session")).json()).toMatchObject({ signedIn: false });
    });

    test("is not for a role of the demonstration, which has nothing to prove itself by", async () => {
      const sergeant = await app.as("sergeant");
      expect((await sergeant.send("POST", "/api/session/lock")).statusCode).toBe(409);
    });
  });

  describe("a person's own password", () => {
    test("changes with the current one, goes on under a new token, and ends every other session", async () => {
      const here = await enter("own.password");
      const there = await sessionOf(app, "own.password");
      const change = (current: string, password: string) =>
        here.inject({
          method: "PUT",
          url: "/api/session/password",
          payload: { current, password },
          remoteAddress: newAddress(),
        });
      expect((await change(goodPassword, "short")).statusCode).toBe(422);
      expect((await change(goodPassword, "own.password")).statusCode).toBe(422);
      expect((await change("not the password", "four geese over water")).statusCode).toBe(401);
      const changed = await change(goodPassword, "four geese over water");
      expect(changed.statusCode).toBe(200);
      expect(await asks(there)).toBe(401);
      expect(await asks(here)).toBe(401);
      expect(await asks(callerWith(app, changed))).toBe(200);
      await signInAs(app, "own.password", "four geese over water");
      expect(await auditOf(db(), "change the own password")).toMatchObject([
        { person: "own.password", outcome: "refused" },
        { person: "own.password", outcome: "done" },
      ]);
    });
  });
});
