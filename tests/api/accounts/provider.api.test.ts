import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "#core/role.ts";
import { pageTokenHeader } from "#core/text/problem-types.ts";
import { createApp } from "#server/app/app.ts";
import { gateActor } from "#server/db/database.ts";
import {
  addTestAccount,
  asOwner,
  auditOf,
  confirmWaiting,
  goodPassword,
  sessionOf,
} from "#tests/support/accounts.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { startTestProvider, type TestProvider } from "#tests/support/oidc-provider.ts";

type Jar = Map<string, Map<string, string>>;

onOneEngine("signing in by an identity provider", ({ db }) => {
  let base: TestApp;
  let app: Awaited<ReturnType<typeof createApp>>;
  let provider: TestProvider;
  let server: string;
  beforeAll(async () => {
    base = await openTestApp(db());
    provider = await startTestProvider();
    const config = { ...base.services.config, oidc: provider.oidc };
    app = await createApp({ ...base.services, config });
    server = await app.listen({ host: "127.0.0.1", port: 0 });
    provider.expect(server);
  });
  afterAll(async () => {
    await provider.close();
    await app.close();
    await base.close();
  });
  beforeEach(() => {
    provider.person.subject = "nobody-in-particular";
    provider.person.preferredName = null;
  });

  /** As a browser does: each host gets back the cookies that it set. */
  const step = async (url: string, jar: Jar) => {
    const { host } = new URL(url);
    const own = jar.get(host) ?? new Map<string, string>();
    jar.set(host, own);
    const cookie = [...own].map(([name, value]) => `${name}=${value}`).join("; ");
    const reply = await fetch(url, { redirect: "manual", headers: cookie ? { cookie } : {} });
    for (const line of reply.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") own.delete(name);
      else own.set(name, value);
    }
    const to = reply.headers.get("location");
    return { reply, to: to === null ? null : new URL(to, url).href };
  };
  /** Follows the provider to the address that comes back to the tool, without going there. */
  const goThere = async (jar: Jar) => {
    let { to } = await step(`${server}/api/session/provider`, jar);
    for (let n = 0; n < 12 && to !== null && !to.startsWith(server); n += 1) {
      ({ to } = await step(to, jar));
    }
    if (to === null) throw new Error("The provider did not send the browser back");
    return to;
  };
  const signIn = async (jar: Jar = new Map()) => {
    const back = await step(await goThere(jar), jar);
    return { ...back, jar, isIn: back.to === `${server}/` };
  };
  const who = async (jar: Jar) =>
    (await (await step(`${server}/api/session`, jar)).reply.json()) as Record<string, unknown>;
  const awaits = async (
    name: string,
    oidcName: string,
    role: "sergeant" | "auditor" = "sergeant",
  ) => {
    await addTestAccount(db(), { name, role, withoutPassword: true });
    await asOwner(db(), "update account set oidc_name = $2 where name = $1", [name, oidcName]);
  };

  test("asks with PKCE by S256, state and nonce, for no more than who it is", async () => {
    await signIn();
    const asked = provider.asked();
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
    Object.assign(provider.person, { subject: "4711", preferredName: "J.Hollis" });
    const first = await signIn();
    expect(first.isIn).toBe(true);
    expect(await who(first.jar)).toMatchObject({ person: "jane.first", role: "sergeant" });
    provider.person.preferredName = "J.Smith-Hollis";
    expect(await who((await signIn()).jar)).toMatchObject({ person: "jane.first" });
    Object.assign(provider.person, { subject: "4712", preferredName: "J.Hollis" });
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
    Object.assign(provider.person, { subject: "c0ffee-4711", preferredName: "Anything" });
    expect(await who((await signIn()).jar)).toMatchObject({ person: "by.subject" });
  });

  test("a name that an administrator entered for somebody of a partner waits for a second person, and binds nobody before", async () => {
    await addTestAccount(db(), { name: "by.two", role: "partner", partner: "by-two" });
    const admin: Actor = { person: "an.admin", role: "admin", partner: null };
    await db().transaction(admin, (tx) =>
      tx.query("update account set oidc_name = 'By.Two' where name = 'by.two'"),
    );
    Object.assign(provider.person, { subject: "2222", preferredName: "By.Two" });
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

  describe("leaving for good", () => {
    const leaver = async (name: string, withPassword = false) => {
      const partner = name.replaceAll(".", "-");
      await addTestAccount(db(), {
        name,
        role: "partner",
        partner,
        withoutPassword: !withPassword,
      });
      await asOwner(db(), "update account set oidc_name = $1 where name = $1", [name]);
      Object.assign(provider.person, { subject: `subject of ${name}`, preferredName: name });
      return (await signIn()).jar;
    };
    const leave = async (jar: Jar, body: object = {}) => {
      const { pageToken } = await who(jar);
      const cookie = [...(jar.get(new URL(server).host) ?? [])].map((part) => part.join("="));
      return fetch(`${server}/api/outreach/leave`, {
        method: "POST",
        headers: {
          cookie: cookie.join("; "),
          "content-type": "application/json",
          [pageTokenHeader]: String(pageToken),
        },
        body: JSON.stringify(body),
      });
    };
    const signedInAgo = (name: string, minutes: number) =>
      asOwner(
        db(),
        `update sign_in
         set created_at = now() - make_interval(mins => $2::int),
             fresh_at = now() - make_interval(mins => $2::int)
         where person = $1::text`,
        [name, minutes],
      );
    const onlyFreshLeaves = async (name: string, jar: Jar) => {
      expect(await who(jar)).toMatchObject({ person: name, proveBy: "provider" });
      await signedInAgo(name, 6);
      const refused = await leave(jar);
      expect([refused.status, await refused.text()]).toEqual([
        401,
        expect.stringContaining("Sign in once more"),
      ]);
      await signedInAgo(name, 4);
      expect((await leave(jar)).status).toBe(200);
      expect(await who(jar)).toMatchObject({ signedIn: true });
    };

    test("whoever signs in by it alone proves to be there by a sign-in from now, and can erase and leave", async () => {
      await onlyFreshLeaves("leaves.by.it", await leaver("leaves.by.it"));
    });

    test("a password that is left counts while passwords are on, and never once they are off", async () => {
      const jar = await leaver("has.both", true);
      expect(await who(jar)).toMatchObject({ proveBy: "password" });
      expect((await leave(jar)).status, "fresh, and without the password").toBe(401);
      await asOwner(
        db(),
        `insert into setting (key, value) values ('local-passwords', 'false')
         on conflict (key) do update set value = excluded.value`,
      );
      try {
        expect((await leave(jar, { password: goodPassword })).status).toBe(403);
        await onlyFreshLeaves("has.both", jar);
      } finally {
        await asOwner(db(), "delete from setting where key = 'local-passwords'");
      }
    });

    test("a PIN is asked for on the own phone, never on that of somebody else", async () => {
      const phoneOf = async (name: string) => {
        const caller = await sessionOf(base, name);
        const link = (await caller.send("POST", "/api/devices/link")).json<{ secret: string }>();
        const made = await base.app.inject({
          method: "POST",
          url: "/api/session/device",
          payload: { secret: link.secret, pin: "704913" },
        });
        return made.cookies.find(({ name: cookie }) => cookie === "phone")?.value ?? "";
      };
      const jar = await leaver("on.a.phone");
      await addTestAccount(db(), { name: "has.a.phone", role: "partner", partner: "another" });
      const cookies = jar.get(new URL(server).host);
      cookies?.set("phone", await phoneOf("on.a.phone"));
      expect(await who(jar)).toMatchObject({ proveBy: "pin", signInBy: { pin: true } });
      expect((await leave(jar)).status, "fresh, and without the PIN").toBe(401);
      cookies?.set("phone", await phoneOf("has.a.phone"));
      expect(await who(jar)).toMatchObject({ signInBy: { pin: true } });
      await onlyFreshLeaves("on.a.phone", jar);
    });
  });

  test("the role is the one that is kept here, whatever the token says", async () => {
    await awaits("role.local", "Role.Local", "auditor");
    Object.assign(provider.person, { subject: "role-1", preferredName: "Role.Local" });
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
    Object.assign(provider.person, person);
    const tried = await signIn();
    expect(tried.to).toBe(`${server}/?sign-in=refused`);
    expect(await who(tried.jar)).toMatchObject({ signedIn: false });
  });

  describe("what comes back is refused", () => {
    const prepared = async () => {
      const name = "Back.Again";
      const there = await asOwner(db(), "select 1 from account where name = 'back.again'");
      if (there.length === 0) await awaits("back.again", name);
      Object.assign(provider.person, { subject: "back-1", preferredName: name });
      const jar: Jar = new Map();
      return { jar, to: await goThere(jar), host: new URL(server).host };
    };
    const isRefused = async (url: string, jar: Jar) => {
      expect((await step(url, jar)).to).toBe(`${server}/?sign-in=refused`);
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
      const kept = new Map(jar.get(new URL(server).host));
      expect((await step(to, jar)).to).toBe(`${server}/`);
      await isRefused(to, new Map([[new URL(server).host, kept]]));
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
    Object.assign(provider.person, { subject: "cookie-1", preferredName: "Cookie.Kinds" });
    const jar: Jar = new Map();
    const left = await step(`${server}/api/session/provider`, jar);
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
    Object.assign(provider.person, { subject: "unlock-1", preferredName: "Unlocks.There" });
    const { jar } = await signIn();
    const token = jar.get(new URL(server).host)?.get("boxster_session") ?? "";
    await db().transaction(gateActor, (tx) =>
      tx.query("update sign_in set locked_at = now() where person = 'unlocks.there'"),
    );
    expect(await who(jar)).toMatchObject({ locked: true });
    await signIn(jar);
    expect(await who(jar)).toMatchObject({ locked: false, person: "unlocks.there" });
    const old = await app.inject({ url: "/api/session", cookies: { boxster_session: token } });
    expect(old.json()).toMatchObject({ signedIn: false });
  });

  test("a sign-in at the provider from before unlocks nothing", async () => {
    await awaits("unlocks.late", "Unlocks.Late");
    Object.assign(provider.person, { subject: "unlock-2", preferredName: "Unlocks.Late" });
    const { jar } = await signIn();
    await asOwner(db(), "update sign_in set locked_at = now() where person = 'unlocks.late'");
    provider.person.signedInAgo = 3_600;
    await signIn(jar).finally(() => delete provider.person.signedInAgo);
    expect(await who(jar)).toMatchObject({ locked: true });
  });

  test("where the line cannot be written, nobody is signed in", async () => {
    await awaits("no.line", "No.Line");
    Object.assign(provider.person, { subject: "line-1", preferredName: "No.Line" });
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
    const admin = await sessionOf(base, "an.admin");
    const set = (localPasswords: boolean) =>
      app.inject({
        method: "PUT",
        url: "/api/account-settings",
        cookies: admin.cookies,
        payload: { localPasswords },
      });
    expect((await set(false)).statusCode).toBe(200);
    await awaits("without.password", "Without.Password");
    Object.assign(provider.person, { subject: "without-1", preferredName: "Without.Password" });
    expect(await who((await signIn()).jar)).toMatchObject({ person: "without.password" });
    await set(true);
  });

  test("a provider that does not answer is said, and found again when it does", async () => {
    const config = {
      ...base.services.config,
      oidc: { ...provider.oidc, issuer: "http://localhost:1" },
    };
    const lost = await createApp({ ...base.services, config });
    const reply = await lost.inject({ url: "/api/session/provider" });
    expect(reply.headers.location).toBe("/?sign-in=unreachable");
    await lost.close();
  });

  test("without a provider there is nothing at its address", async () => {
    expect((await base.stranger.get("/api/session/provider")).statusCode).toBe(404);
  });
});
