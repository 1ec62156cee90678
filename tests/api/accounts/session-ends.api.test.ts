import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  asOwner,
  auditOf,
  callerWith,
  goodPassword,
  newAddress,
  type SignedIn,
  sessionOf,
  signInAs,
} from "#tests/support/accounts.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { openSessionApp, type SessionApp } from "#tests/support/session-app.ts";

const own = "/api/sign-ins";

onOneEngine("sessions of accounts", ({ db }) => {
  let app: SessionApp;
  beforeAll(async () => {
    app = await openSessionApp(db());
  });
  afterAll(() => app.close());

  const asks = (caller: SignedIn) => app.asks(caller);
  const enter: SessionApp["enter"] = (name, more) => app.enter(name, more);

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
      expect(await asks(caller), "nothing revives what was ended").toBe(401);
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

    test("by the mark of a browser that was left where there was no signal, at its first call of any kind", async () => {
      for (const [at, call] of (
        [
          { method: "GET", url: "/api/session" },
          { method: "POST", url: "/api/probe", payload: { count: 1 } },
          { method: "GET", url: "/api/live?since=0" },
          { method: "DELETE", url: "/api/session" },
          { method: "POST", url: "/api/session/unlock", payload: { password: goodPassword } },
        ] as const
      ).entries()) {
        const name = `left.${at}`;
        const caller = await enter(name);
        const reply = await caller.inject({ ...call, cookies: { ...caller.cookies, left: "1" } });
        if (reply.statusCode === 200) expect(reply.json()).toMatchObject({ signedIn: false });
        else expect(reply.statusCode).toBe(401);
        expect(await asks(caller), "the same cookie without the mark").toBe(401);
        expect(await asOwner(db(), `select 1 from sign_in where person = '${name}'`)).toEqual([]);
        const lines = (await auditOf(db(), "sign out")).filter(({ person }) => person === name);
        expect(lines).toMatchObject([{ outcome: "done" }]);
      }
    });

    test("a mark is gone once the server has heard, or somebody signs in; one that is set meanwhile stays", async () => {
      const marked = await enter("heard.of.it");
      const cookies = { ...marked.cookies, left: "1" };
      const cleared = (reply: { cookies: { name: string; value: string }[] }) =>
        reply.cookies.filter(({ name, value }) => name === "left" && value === "").length;
      expect(cleared(await marked.inject({ method: "GET", url: "/api/session", cookies }))).toBe(0);
      const end = { method: "DELETE", url: "/api/session" } as const;
      expect(cleared(await marked.inject({ ...end, cookies }))).toBe(1);
      const payload = { name: "heard.of.it", password: goodPassword };
      const enters = { method: "POST", url: "/api/session", payload } as const;
      const again = await marked.inject({ ...enters, cookies, remoteAddress: newAddress() });
      expect(again.json()).toMatchObject({ signedIn: true });
      expect(cleared(again)).toBe(1);
      const unmarked = await marked.inject({ ...enters, remoteAddress: newAddress() });
      expect(cleared(unmarked)).toBe(0);
      const fresh = callerWith(app, unmarked);
      expect(await asks(fresh)).toBe(200);
      const call = { method: "POST", url: "/api/probe", payload: { count: 1 } } as const;
      const left = { ...fresh.cookies, left: "1" };
      expect((await fresh.inject({ ...call, cookies: left })).statusCode).toBe(401);
    });

    test("behind TLS only the mark that no other host can write", async () => {
      const tls = await app.behindTls();
      const caller = await enter("left.over.tls");
      const [token = ""] = Object.values(caller.cookies);
      const asked = async (mark: string) => {
        const cookies = { "__Host-boxster": token, [mark]: "1" };
        const reply = await tls.inject({ method: "GET", url: "/api/session", cookies });
        return reply.json<{ signedIn: boolean }>().signedIn;
      };
      expect(await asked("left")).toBe(true);
      expect(await asked("__Host-left")).toBe(false);
      await tls.close();
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
