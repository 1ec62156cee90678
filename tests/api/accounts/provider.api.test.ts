import { describe, expect, test } from "vitest";
import type { Actor } from "#core/role.ts";
import { createApp } from "#server/app/app.ts";
import { gateActor } from "#server/db/database.ts";
import {
  addTestAccount,
  asOwner,
  auditOf,
  confirmWaiting,
  sessionOf,
} from "#tests/support/accounts.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { type Jar, providerApp } from "#tests/support/provider-app.ts";

onOneEngine("signing in by an identity provider", ({ db }) => {
  const { at, step, goThere, signIn, who, awaits } = providerApp(db);

  test("asks with PKCE by S256, state and nonce, for no more than who it is", async () => {
    await signIn();
    const asked = at.provider.asked();
    expect(asked.get("code_challenge_method")).toBe("S256");
    for (const name of ["code_challenge", "state", "nonce"]) {
      expect(asked.get(name)?.length, name).toBeGreaterThanOrEqual(43);
    }
    expect(asked.get("scope")).toBe("openid profile");
    expect(asked.get("response_type")).toBe("code");
    // Whoever locked the screen or signed out left the provider's own session open.
    expect(asked.get("prompt")).toBe("login");
    expect(asked.get("max_age")).toBe("0");
  });

  test("the first time by the name that was entered, and by issuer and subject from then on", async () => {
    await awaits("jane.first", "J.Hollis");
    Object.assign(at.provider.person, { subject: "4711", preferredName: "J.Hollis" });
    const first = await signIn();
    expect(first.isIn).toBe(true);
    expect(await who(first.jar)).toMatchObject({ person: "jane.first", role: "sergeant" });
    at.provider.person.preferredName = "J.Smith-Hollis";
    expect(await who((await signIn()).jar)).toMatchObject({ person: "jane.first" });
    Object.assign(at.provider.person, { subject: "4712", preferredName: "J.Hollis" });
    const other = await signIn();
    expect(other.isIn, "another person who took over the name").toBe(false);
    expect((await auditOf(db(), "sign in")).slice(-3)).toMatchObject([
      { person: "jane.first", outcome: "done", detail: { by: "provider" } },
      { person: "jane.first", outcome: "done" },
      { person: "unknown", outcome: "refused", detail: { by: "provider", reason: "no account" } },
    ]);
  });

  test("by the subject itself, where that was entered", async () => {
    await awaits("by.subject", "c0ffee-4711");
    Object.assign(at.provider.person, { subject: "c0ffee-4711", preferredName: "Anything" });
    expect(await who((await signIn()).jar)).toMatchObject({ person: "by.subject" });
  });

  test("a name that an administrator entered for somebody of a partner waits for a second person, and binds nobody before", async () => {
    await addTestAccount(db(), { name: "by.two", role: "partner", partner: "by-two" });
    const admin: Actor = { person: "an.admin", role: "admin", partner: null };
    await db().transaction(admin, (tx) =>
      tx.query("update account set oidc_name = 'By.Two' where name = 'by.two'"),
    );
    Object.assign(at.provider.person, { subject: "2222", preferredName: "By.Two" });
    expect((await signIn()).isIn).toBe(false);
    expect((await auditOf(db(), "sign in")).at(-1)).toMatchObject({
      person: "by.two",
      outcome: "refused",
      detail: { by: "provider", reason: "waits for a second person" },
    });
    const bound = "select oidc_subject as subject from account where name = 'by.two'";
    expect(await asOwner(db(), bound)).toEqual([{ subject: null }]);
    await confirmWaiting(db(), "by.two");
    expect((await signIn()).isIn).toBe(true);
  });

  test("the role is the one that is kept here, whatever the token says", async () => {
    await awaits("role.local", "Role.Local", "auditor");
    Object.assign(at.provider.person, { subject: "role-1", preferredName: "Role.Local" });
    // The provider asks for a second factor of its own.
    expect(await who((await signIn()).jar)).toMatchObject({
      role: "auditor",
      needsSecondFactor: false,
    });
  });

  test.each([
    ["a subject that nobody entered", { subject: "x-1", preferredName: "Some.Body" }],
    ["no preferred name", { subject: "x-2", preferredName: null }],
    [
      "the name of an account that signs in by password",
      { subject: "x-3", preferredName: "local.only" },
    ],
    ["the name in other letters", { subject: "x-4", preferredName: "exact.name" }],
    ["a disabled account", { subject: "x-5", preferredName: "Out.Of.Use" }],
    [
      "two accounts that wait for the two names of one person",
      { subject: "twice", preferredName: "Twice" },
    ],
  ])("%s: one generic answer, and no session", async (_what, person) => {
    for (const [name, oidcName] of [
      ["exact", "Exact.Name"],
      ["out.of.use", "Out.Of.Use"],
      ["twice.one", "twice"],
      ["twice.two", "Twice"],
    ] as const) {
      const there = await asOwner(db(), "select 1 from account where name = $1", [name]);
      if (there.length === 0) await awaits(name, oidcName);
    }
    const local = await asOwner(db(), "select 1 from account where name = 'local.only'");
    if (local.length === 0) await addTestAccount(db(), { name: "local.only" });
    await asOwner(db(), "update account set disabled_at = now() where name = 'out.of.use'");
    Object.assign(at.provider.person, person);
    const tried = await signIn();
    expect(tried.to).toBe(`${at.server}/?sign-in=refused`);
    expect(await who(tried.jar)).toMatchObject({ signedIn: false });
  });

  describe("what comes back is refused", () => {
    const prepared = async () => {
      const name = "Back.Again";
      const there = await asOwner(db(), "select 1 from account where name = 'back.again'");
      if (there.length === 0) await awaits("back.again", name);
      Object.assign(at.provider.person, { subject: "back-1", preferredName: name });
      const jar: Jar = new Map();
      return { jar, to: await goThere(jar), host: new URL(at.server).host };
    };
    const isRefused = async (url: string, jar: Jar) => {
      expect((await step(url, jar)).to).toBe(`${at.server}/?sign-in=refused`);
      expect(await who(jar)).toMatchObject({ signedIn: false });
    };
    const altered = (jar: Jar, host: string, change: Record<string, string>) => {
      const value = jar.get(host)?.get("boxster_flow") ?? "";
      const flow = JSON.parse(Buffer.from(value, "base64url").toString("utf8")) as object;
      const text = JSON.stringify({ ...flow, ...change });
      jar.get(host)?.set("boxster_flow", Buffer.from(text).toString("base64url"));
    };

    test("without the cookie of this browser: somebody else's code", async () => {
      const { to } = await prepared();
      await isRefused(to, new Map());
    });

    test("a second time", async () => {
      const { jar, to } = await prepared();
      const kept = new Map(jar.get(new URL(at.server).host));
      expect((await step(to, jar)).to).toBe(`${at.server}/`);
      await isRefused(to, new Map([[new URL(at.server).host, kept]]));
    });

    test.each(["state", "nonce", "verifier"])("with another %s", async (part) => {
      const { jar, to, host } = await prepared();
      altered(jar, host, { [part]: "A".repeat(43) });
      await isRefused(to, jar);
    });

    test("with another state in the address, an error, or no code", async () => {
      for (const change of [{ state: "other" }, { error: "access_denied" }, { code: "" }]) {
        const { jar, to } = await prepared();
        const url = new URL(to);
        for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
        await isRefused(url.href, jar);
      }
    });

    test("from another issuer", async () => {
      const { jar, to } = await prepared();
      const url = new URL(to);
      url.searchParams.set("iss", "https://evil.example");
      await isRefused(url.href, jar);
    });

    test("with a cookie that is no flow", async () => {
      const { jar, to, host } = await prepared();
      jar.get(host)?.set("boxster_flow", "x");
      await isRefused(to, jar);
    });
  });

  test("the cookie of this step is lax, short and for no script; the session's stays strict", async () => {
    await awaits("cookie.kinds", "Cookie.Kinds");
    Object.assign(at.provider.person, { subject: "cookie-1", preferredName: "Cookie.Kinds" });
    const jar: Jar = new Map();
    const left = await step(`${at.server}/api/session/provider`, jar);
    expect(left.reply.headers.getSetCookie()[0]).toMatch(
      /^boxster_flow=[^;]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const back = await signIn();
    const cookies = back.reply.headers.getSetCookie();
    expect(cookies.find((line) => line.startsWith("boxster_session="))).toMatch(
      /; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(cookies.find((line) => line.startsWith("boxster_flow="))).toMatch(/=;.*Max-Age=0/);
  });

  test("unlocking asks the person again, and goes on under a new session", async () => {
    await awaits("unlocks.there", "Unlocks.There");
    Object.assign(at.provider.person, { subject: "unlock-1", preferredName: "Unlocks.There" });
    const { jar } = await signIn();
    const token = jar.get(new URL(at.server).host)?.get("boxster_session") ?? "";
    await db().transaction(gateActor, (tx) =>
      tx.query("update sign_in set locked_at = now() where person = 'unlocks.there'"),
    );
    expect(await who(jar)).toMatchObject({ locked: true });
    await signIn(jar);
    expect(await who(jar)).toMatchObject({ locked: false, person: "unlocks.there" });
    const old = await at.app.inject({ url: "/api/session", cookies: { boxster_session: token } });
    expect(old.json()).toMatchObject({ signedIn: false });
  });

  test("a sign-in at the provider from before unlocks nothing", async () => {
    await awaits("unlocks.late", "Unlocks.Late");
    Object.assign(at.provider.person, { subject: "unlock-2", preferredName: "Unlocks.Late" });
    const { jar } = await signIn();
    await asOwner(db(), "update sign_in set locked_at = now() where person = 'unlocks.late'");
    at.provider.person.signedInAgo = 3_600;
    await signIn(jar).finally(() => delete at.provider.person.signedInAgo);
    expect(await who(jar)).toMatchObject({ locked: true });
  });

  test("where the line cannot be written, nobody is signed in", async () => {
    await awaits("no.line", "No.Line");
    Object.assign(at.provider.person, { subject: "line-1", preferredName: "No.Line" });
    await asOwner(
      db(),
      `create function refuse_line() returns trigger language plpgsql as
       $$ begin raise exception 'no'; end $$`,
    );
    await asOwner(
      db(),
      "create trigger refuse_line before insert on audit for each row execute function refuse_line()",
    );
    try {
      const { jar } = await signIn();
      expect(await who(jar)).toMatchObject({ signedIn: false });
      expect(await asOwner(db(), "select 1 from sign_in where person = 'no.line'")).toEqual([]);
    } finally {
      await asOwner(db(), "drop function refuse_line cascade");
    }
  });

  test("still signs in where passwords are off", async () => {
    await addTestAccount(db(), { name: "an.admin", role: "admin" });
    const admin = await sessionOf(at.base, "an.admin");
    const set = (localPasswords: boolean) =>
      at.app.inject({
        method: "PUT",
        url: "/api/account-settings",
        cookies: admin.cookies,
        payload: { localPasswords },
      });
    expect((await set(false)).statusCode).toBe(200);
    await awaits("without.password", "Without.Password");
    Object.assign(at.provider.person, { subject: "without-1", preferredName: "Without.Password" });
    expect(await who((await signIn()).jar)).toMatchObject({ person: "without.password" });
    await set(true);
  });

  test("a provider that does not answer is said, and found again when it does", async () => {
    const config = {
      ...at.base.services.config,
      oidc: { ...at.provider.oidc, issuer: "http://localhost:1" },
    };
    const lost = await createApp({ ...at.base.services, config });
    const reply = await lost.inject({ url: "/api/session/provider" });
    expect(reply.headers.location).toBe("/?sign-in=unreachable");
    await lost.close();
  });

  test("without a provider there is nothing at its address", async () => {
    expect((await at.base.stranger.get("/api/session/provider")).statusCode).toBe(404);
  });
});
