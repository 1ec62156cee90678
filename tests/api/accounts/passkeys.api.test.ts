import { describe, expect, test } from "vitest";
import { createApp } from "#server/app/app.ts";
import {
  addTestAccount,
  asOwner,
  auditOf,
  type SignedIn,
  sessionOf,
} from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { type SoftPasskey, softPasskey } from "#tests/support/passkey.ts";
import {
  addPasskey,
  afterPassword,
  challengeFor,
  codeOf,
  newBrowser,
  setUpApp,
} from "#tests/support/second-factor.ts";

const signIn = "/api/session/passkey";
const own = "/api/second-factor/passkeys";

onOneEngine("passkeys", ({ db }) => {
  const app = appWith(db);

  const withPasskey = async (name: string): Promise<{ caller: SignedIn; device: SoftPasskey }> => {
    await addTestAccount(db(), { name });
    const caller = await sessionOf(app, name);
    return { caller, device: await addPasskey(app, caller) };
  };

  describe("signing in by one", () => {
    test("needs no name and no password, and is two factors in one", async () => {
      const { device } = await withPasskey("key.alone");
      const browser = newBrowser(app);
      const asked = await browser.post("/api/session/passkey-challenge");
      // Any passkey of this address: no account is named, and none is asked for.
      expect(asked.json()).toEqual({
        challenge: expect.stringMatching(/^[\w-]{43}$/),
        rpId: "localhost",
        timeout: 300_000,
        userVerification: "required",
      });
      const passkey = device.answer(asked.json<{ challenge: string }>().challenge);
      const reply = await browser.post(signIn, { passkey });
      expect(reply.json()).toMatchObject({ signedIn: true, person: "key.alone" });
      expect(await auditOf(db(), "sign in by passkey")).toMatchObject([
        { person: "key.alone", outcome: "done" },
      ]);
    });

    test("a challenge is answered once, also where the device counts on", async () => {
      const { device } = await withPasskey("key.replay");
      const browser = newBrowser(app);
      const challenge = await challengeFor(browser);
      const passkey = device.answer(challenge);
      expect((await browser.post(signIn, { passkey })).statusCode).toBe(200);
      expect((await browser.post(signIn, { passkey })).statusCode).toBe(401);
      expect((await browser.post(signIn, { passkey: device.answer(challenge) })).statusCode).toBe(
        401,
      );
    });

    test("a counter that goes back is a copy of the device, and refused", async () => {
      const { device } = await withPasskey("key.counter");
      const tryAt = async (counter: number) => {
        const browser = newBrowser(app);
        const passkey = device.answer(await challengeFor(browser), { counter });
        return (await browser.post(signIn, { passkey })).statusCode;
      };
      expect(await tryAt(7)).toBe(200);
      for (const counter of [7, 6, 0]) expect(await tryAt(counter)).toBe(401);
      expect(await tryAt(8)).toBe(200);
    });

    test("a device that does not count is taken, each time again", async () => {
      const { device } = await withPasskey("key.uncounted");
      for (let time = 0; time < 2; time += 1) {
        const browser = newBrowser(app);
        const passkey = device.answer(await challengeFor(browser), { counter: 0 });
        expect((await browser.post(signIn, { passkey })).statusCode).toBe(200);
      }
    });

    test.each([
      ["another origin", { origin: "http://localhost.evil.example" }],
      ["another port of it", { origin: "http://localhost:8080" }],
      ["another name", { rpId: "evil.example" }],
      ["a person it did not verify", { userVerified: false }],
    ])("an answer that says %s is refused", async (_what, said) => {
      const device = (await withPasskey(`key.${JSON.stringify(said).length}`)).device;
      const browser = newBrowser(app);
      const passkey = device.answer(await challengeFor(browser), said);
      expect((await browser.post(signIn, { passkey })).statusCode).toBe(401);
    });

    test("a challenge of another browser, of another use, or that was made up, opens nothing", async () => {
      const { caller, device } = await withPasskey("key.other");
      const browser = newBrowser(app);
      const challenge = await challengeFor(newBrowser(app));
      await challengeFor(browser);
      const toAdd = await caller.send("POST", `${own}/challenge`);
      const added = newBrowser(app);
      added.jar["challenge"] = toAdd.cookies[0]?.value ?? "";
      const made = newBrowser(app);
      made.jar["challenge"] = `${"a".repeat(22)}.${Date.now() + 60_000}`;
      const tries: [typeof browser, string][] = [
        [browser, challenge],
        [newBrowser(app), challenge],
        [added, toAdd.json<{ challenge: string }>().challenge],
        [made, "b".repeat(43)],
      ];
      for (const [from, said] of tries) {
        expect((await from.post(signIn, { passkey: device.answer(said) })).statusCode).toBe(401);
      }
    });

    test("a challenge that is over is refused, and no longer time can be written into its cookie", async () => {
      const { device } = await withPasskey("key.late");
      const browser = newBrowser(app);
      const challenge = await challengeFor(browser);
      const [number = "", until = ""] = (browser.jar["challenge"] ?? "").split(".");
      for (const written of [Date.now() - 1, Number(until) + 60_000]) {
        browser.jar["challenge"] = `${number}.${written}`;
        const reply = await browser.post(signIn, { passkey: device.answer(challenge) });
        expect(reply.statusCode).toBe(401);
      }
    });

    test("a passkey that nobody has here, or another's key under a known number, is refused in the same words", async () => {
      const { device } = await withPasskey("key.known");
      const tryWith = async (answer: (challenge: string) => object) => {
        const browser = newBrowser(app);
        const reply = await browser.post(signIn, { passkey: answer(await challengeFor(browser)) });
        return { ...reply.json<{ instance: string }>(), instance: "" };
      };
      const stranger = await tryWith((challenge) => softPasskey().answer(challenge));
      const forged = await tryWith((challenge) => ({
        ...softPasskey().answer(challenge),
        id: device.credentialId,
        rawId: device.credentialId,
      }));
      expect(stranger).toMatchObject({ status: 401, title: "Not signed in" });
      expect(forged).toEqual(stranger);
    });

    test("is no way in where the account is disabled, or passwords are off", async () => {
      const { device } = await withPasskey("key.disabled");
      const tryOnce = async () => {
        const browser = newBrowser(app);
        const passkey = device.answer(await challengeFor(browser));
        return (await browser.post(signIn, { passkey })).statusCode;
      };
      await asOwner(
        db(),
        "insert into setting (key, value) values ('local-passwords', 'false') on conflict (key) do update set value = 'false'",
      );
      expect(await tryOnce()).toBe(403);
      await asOwner(db(), "delete from setting where key = 'local-passwords'");
      expect(await tryOnce()).toBe(200);
      await asOwner(db(), "update account set disabled_at = now() where name = 'key.disabled'");
      expect(await tryOnce()).toBe(401);
    });
  });

  test("a passkey is the second step too, of its own account alone", async () => {
    const { device } = await withPasskey("key.second");
    const { device: foreign } = await withPasskey("key.foreign");
    const step = "/api/session/second-step";
    const browser = await afterPassword(app, "key.second");
    expect((await browser.get("/api/session")).json()).toMatchObject({
      secondStep: { passkey: true },
    });
    const wrong = foreign.answer(await challengeFor(browser));
    expect((await browser.post(step, { passkey: wrong })).statusCode).toBe(401);
    const right = device.answer(await challengeFor(browser));
    expect((await browser.post(step, { passkey: right })).json()).toMatchObject({
      person: "key.second",
    });
  });

  describe("one's own", () => {
    test("are listed by name, and removed; a removed one opens nothing", async () => {
      const { caller, device } = await withPasskey("key.own");
      const [listed] = (await caller.get("/api/second-factor")).json<{
        passkeys: { id: string; name: string; lastUsed: string | null }[];
      }>().passkeys;
      expect(listed).toMatchObject({ name: "Desk", lastUsed: null });
      const browser = newBrowser(app);
      await browser.post(signIn, { passkey: device.answer(await challengeFor(browser)) });
      expect((await caller.get("/api/second-factor")).json()).toMatchObject({
        passkeys: [{ lastUsed: expect.any(String) }],
      });
      expect((await caller.send("DELETE", `${own}/${listed?.id}`)).json()).toMatchObject({
        passkeys: [],
      });
      const gone = newBrowser(app);
      const passkey = device.answer(await challengeFor(gone));
      expect((await gone.post(signIn, { passkey })).statusCode).toBe(401);
    });

    test("nobody removes another's, and one device is added to one account", async () => {
      const { caller, device } = await withPasskey("key.mine");
      const { caller: other } = await withPasskey("key.theirs");
      const mine = (await caller.get("/api/second-factor")).json<{ passkeys: { id: string }[] }>();
      expect((await other.send("DELETE", `${own}/${mine.passkeys[0]?.id}`)).statusCode).toBe(404);
      const asked = await other.send("POST", `${own}/challenge`);
      const reply = await app.app.inject({
        method: "POST",
        url: own,
        payload: {
          name: "Taken",
          passkey: device.create(asked.json<{ challenge: string }>().challenge),
        },
        cookies: { ...other.cookies, challenge: asked.cookies[0]?.value ?? "" },
      });
      expect(reply.statusCode).toBe(409);
    });

    test("what does not answer the challenge for this account is not added", async () => {
      const { caller } = await withPasskey("key.add");
      const asked = await caller.send("POST", `${own}/challenge`);
      const { challenge } = asked.json<{ challenge: string }>();
      const browser = newBrowser(app);
      const toSignIn = await challengeFor(browser);
      const add = (passkey: object, cookie: string) =>
        app.app.inject({
          method: "POST",
          url: own,
          payload: { name: "New", passkey },
          cookies: { ...caller.cookies, challenge: cookie },
        });
      const cookie = asked.cookies[0]?.value ?? "";
      const tries: [object, string][] = [
        [softPasskey().create(challenge, { origin: "http://evil.example" }), cookie],
        [softPasskey().create(challenge, { rpId: "evil.example" }), cookie],
        [softPasskey().create(challenge, { userVerified: false }), cookie],
        [softPasskey().create(toSignIn), browser.jar["challenge"] ?? ""],
        [softPasskey().create(challenge), ""],
      ];
      for (const [passkey, with_] of tries)
        expect((await add(passkey, with_)).statusCode).toBe(422);
      expect((await add(softPasskey().create(challenge), cookie)).statusCode).toBe(200);
      expect((await add(softPasskey().create(challenge), cookie)).statusCode).toBe(409);
    });
  });

  test("at an IP address passkeys are refused in words, and the app signs in all the same", async () => {
    await addTestAccount(db(), { name: "key.address" });
    const caller = await sessionOf(app, "key.address");
    const secret = await setUpApp(caller);
    const host = { host: "127.0.0.1:4173" };
    const asked = await app.app.inject({
      method: "POST",
      url: "/api/session/passkey-challenge",
      headers: host,
    });
    expect(asked.json()).toMatchObject({
      status: 409,
      detail: expect.stringContaining("Open Boxster at http://localhost:4173."),
    });
    const told = await app.app.inject({ url: "/api/session", headers: host });
    expect(told.json()).toMatchObject({ signInBy: { passkeys: false } });
    const browser = await afterPassword(app, "key.address");
    expect(
      (await browser.post("/api/session/second-step", { code: codeOf(secret) })).statusCode,
    ).toBe(200);
  });

  test("behind a proxy they are bound to the stated address, and to no other", async () => {
    const { services } = app;
    const config = { ...services.config, origin: "https://boxster.example", secure: true };
    const behind = await createApp({ ...services, config });
    const ask = (host: string) =>
      behind.inject({ method: "POST", url: "/api/session/passkey-challenge", headers: { host } });
    expect((await ask("boxster.example")).json()).toMatchObject({ rpId: "boxster.example" });
    expect((await ask("boxster.example")).cookies).toMatchObject([
      { name: "__Host-challenge", secure: true, httpOnly: true, sameSite: "Strict" },
    ]);
    expect((await ask("localhost")).statusCode).toBe(409);
    await behind.close();
  });
});
