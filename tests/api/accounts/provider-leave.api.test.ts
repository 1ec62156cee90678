import { expect, test } from "vitest";
import { pageTokenHeader } from "#core/text/problem-types.ts";
import { addTestAccount, asOwner, goodPassword, sessionOf } from "#tests/support/accounts.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { type Jar, providerApp } from "#tests/support/provider-app.ts";

onOneEngine("leaving for good, signed in by an identity provider", ({ db }) => {
  const { at, signIn, who } = providerApp(db);

  const leaver = async (name: string, withPassword = false) => {
    const partner = name.replaceAll(".", "-");
    await addTestAccount(db(), {
      name,
      role: "partner",
      partner,
      withoutPassword: !withPassword,
    });
    await asOwner(db(), "update account set oidc_name = $1 where name = $1", [name]);
    Object.assign(at.provider.person, { subject: `subject of ${name}`, preferredName: name });
    return (await signIn()).jar;
  };
  const leave = async (jar: Jar, body: object = {}) => {
    const { pageToken } = await who(jar);
    const cookie = [...(jar.get(new URL(at.server).host) ?? [])].map((part) => part.join("="));
    return fetch(`${at.server}/api/outreach/leave`, {
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
      const caller = await sessionOf(at.base, name);
      const link = (await caller.send("POST", "/api/devices/link")).json<{ secret: string }>();
      const made = await at.base.app.inject({
        method: "POST",
        url: "/api/session/device",
        payload: { secret: link.secret, pin: "704913" },
      });
      return made.cookies.find(({ name: cookie }) => cookie === "phone")?.value ?? "";
    };
    const jar = await leaver("on.a.phone");
    await addTestAccount(db(), { name: "has.a.phone", role: "partner", partner: "another" });
    const cookies = jar.get(new URL(at.server).host);
    cookies?.set("phone", await phoneOf("on.a.phone"));
    expect(await who(jar)).toMatchObject({ proveBy: "pin", signInBy: { pin: true } });
    expect((await leave(jar)).status, "fresh, and without the PIN").toBe(401);
    cookies?.set("phone", await phoneOf("has.a.phone"));
    expect(await who(jar)).toMatchObject({ signInBy: { pin: true } });
    await onlyFreshLeaves("on.a.phone", jar);
  });
});
