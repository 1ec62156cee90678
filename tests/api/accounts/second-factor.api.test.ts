import { describe, expect, test } from "vitest";
import {
  addTestAccount,
  asOwner,
  auditOf,
  callerWith,
  confirmWaiting,
  idOfAccount,
  type SignedIn,
  sessionOf,
  tryPassword,
} from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import {
  afterPassword,
  codeOf,
  drawCodes,
  newBrowser,
  setUpApp,
  type TestBrowser,
} from "#tests/support/second-factor.ts";

const step = "/api/session/second-step";

onOneEngine("a second factor", ({ db }) => {
  const app = appWith(db);

  const enter = async (name: string, role: "sergeant" | "partner" = "sergeant") => {
    await addTestAccount(db(), { name, role, ...(role === "partner" ? { partner: "p1" } : {}) });
    return sessionOf(app, name);
  };
  const withApp = async (name: string): Promise<{ caller: SignedIn; secret: string }> => {
    const caller = await enter(name);
    return { caller, secret: await setUpApp(caller) };
  };
  const who = async (browser: TestBrowser) =>
    (await browser.get("/api/session")).json<{ person: string | null }>().person;

  describe("after the password", () => {
    test("no session begins before the code, and one does by it", async () => {
      const { secret } = await withApp("steps.two");
      const browser = await afterPassword(app, "steps.two");
      expect(browser.jar["boxster_session"]).toBeUndefined();
      expect((await browser.get("/api/sign-ins")).statusCode).toBe(401);
      expect((await browser.get("/api/session")).json()).toMatchObject({
        secondStep: { code: true, passkey: false, recovery: false },
      });
      const reply = await browser.post(step, { code: codeOf(secret) });
      expect(reply.json()).toMatchObject({ signedIn: true, person: "steps.two", secondStep: null });
      expect((await browser.get("/api/sign-ins")).statusCode).toBe(200);
      const acts = ["prove the password, before the second factor", "sign in"];
      expect(await auditOf(db(), ...acts)).toMatchObject(
        acts.map((act) => ({ act, outcome: "done" })),
      );
    });

    test("a code counts once: in another browser the same one is refused", async () => {
      const { secret } = await withApp("code.once");
      const [first, second] = [
        await afterPassword(app, "code.once"),
        await afterPassword(app, "code.once"),
      ];
      const code = codeOf(secret);
      expect((await first.post(step, { code })).statusCode).toBe(200);
      const again = await second.post(step, { code });
      expect(again.statusCode).toBe(401);
      expect(again.json()).toMatchObject({ detail: expect.stringContaining("has been used") });
      // Nor the one before it, though a clock may be a little off.
      expect((await second.post(step, { code: codeOf(secret, -1) })).statusCode).toBe(401);
      expect((await second.post(step, { code: codeOf(secret, 1) })).statusCode).toBe(200);
    });

    test("two browsers with one code at the same moment: one gets in", async () => {
      const { secret } = await withApp("code.race");
      const browsers = [
        await afterPassword(app, "code.race"),
        await afterPassword(app, "code.race"),
      ];
      const code = codeOf(secret);
      const replies = await Promise.all(browsers.map((one) => one.post(step, { code })));
      expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401]);
    });

    test("a code of a half minute that is neither now nor next to it is refused", async () => {
      const { secret } = await withApp("code.old");
      const browser = await afterPassword(app, "code.old");
      for (const steps of [-3, 3]) {
        expect((await browser.post(step, { code: codeOf(secret, steps) })).statusCode).toBe(401);
      }
    });

    test("is taken in the browser that had the password alone, and for five minutes", async () => {
      const { secret } = await withApp("step.bound");
      const browser = await afterPassword(app, "step.bound");
      const other = newBrowser(app);
      other.jar["second_step"] = "a".repeat(43);
      expect((await newBrowser(app).post(step, { code: codeOf(secret) })).statusCode).toBe(401);
      expect((await other.post(step, { code: codeOf(secret) })).statusCode).toBe(401);
      await asOwner(db(), "update second_step set until = now() - interval '1 second'");
      const late = await browser.post(step, { code: codeOf(secret) });
      expect(late.json()).toMatchObject({ status: 401, title: "Start again" });
      expect((await browser.get("/api/session")).json()).toMatchObject({ secondStep: null });
      expect(await who(browser)).toBeNull();
    });

    test("opens once, and not where the account changed since the password", async () => {
      const { secret } = await withApp("step.once");
      const browser = await afterPassword(app, "step.once");
      const [kept = ""] = [browser.jar["second_step"]];
      expect((await browser.post(step, { code: codeOf(secret) })).statusCode).toBe(200);
      const copy = newBrowser(app);
      copy.jar["second_step"] = kept;
      expect((await copy.post(step, { code: codeOf(secret, 1) })).statusCode).toBe(401);
      const changed = await afterPassword(app, "step.once");
      await asOwner(db(), "update account set role = 'analyst' where name = 'step.once'");
      expect((await changed.post(step, { code: codeOf(secret, 1) })).statusCode).toBe(401);
    });

    test("wrong codes wait as wrong passwords do, however often the password is given again", async () => {
      await withApp("code.guess");
      const statuses: number[] = [];
      for (let time = 0; time < 7; time += 1) {
        const browser = await afterPassword(app, "code.guess");
        statuses.push((await browser.post(step, { code: "000000" })).statusCode);
      }
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
      // The password itself waits for nobody by that.
      expect((await tryPassword(app, "code.guess")).statusCode).toBe(200);
    });

    test("before the password is right nothing tells whether a name has a second factor", async () => {
      await withApp("tells.with");
      await enter("tells.without");
      const words = (body: string) => ({ ...JSON.parse(body), instance: null });
      const [has, hasNot, nobody] = await Promise.all(
        ["tells.with", "tells.without", "tells.nobody"].map((name) =>
          tryPassword(app, name, "not the one"),
        ),
      );
      expect(words(has?.body ?? "")).toEqual(words(hasNot?.body ?? ""));
      expect(words(has?.body ?? "")).toEqual(words(nobody?.body ?? ""));
      expect(has?.cookies).toEqual([]);
    });

    test("an administrator's one-time secret sets a password and opens no account that has one", async () => {
      const { secret } = await withApp("secret.given");
      await addTestAccount(db(), { name: "gives.secrets", role: "admin" });
      const admin = await sessionOf(app, "gives.secrets");
      const account = await idOfAccount(db(), "secret.given");
      const given = await admin.send("POST", `/api/accounts/${account}/set-up`);
      await confirmWaiting(db(), "secret.given");
      const browser = newBrowser(app);
      const reply = await browser.post("/api/session/set-up", {
        name: "secret.given",
        secret: given.json<{ secret: string }>().secret,
        password: "four geese over water",
      });
      expect(reply.json()).toMatchObject({ signedIn: false, secondStep: { code: true } });
      expect(await who(browser)).toBeNull();
      expect((await browser.post(step, { code: codeOf(secret) })).statusCode).toBe(200);
    });
  });

  describe("a recovery code", () => {
    test("signs in once; new ones take the place of the old", async () => {
      const { caller } = await withApp("codes.once");
      const [first = "", second = ""] = await drawCodes(caller);
      const browser = await afterPassword(app, "codes.once");
      expect((await browser.get("/api/session")).json()).toMatchObject({
        secondStep: { recovery: true },
      });
      // As somebody types it.
      const typed = ` ${first.toUpperCase().replaceAll("-", " ")}`;
      expect((await browser.post(step, { recovery: typed })).json()).toMatchObject({
        signedIn: true,
      });
      const used = await afterPassword(app, "codes.once");
      expect((await used.post(step, { recovery: first })).statusCode).toBe(401);
      expect((await caller.get("/api/second-factor")).json()).toMatchObject({ codesLeft: 9 });
      const fresh = await drawCodes(caller);
      expect((await used.post(step, { recovery: second })).statusCode).toBe(401);
      expect((await used.post(step, { recovery: fresh[0] ?? "" })).statusCode).toBe(200);
    });

    test("of one account opens no other, and none is made where there is nothing to recover", async () => {
      const { caller } = await withApp("codes.mine");
      await withApp("codes.other");
      const [code = ""] = await drawCodes(caller);
      const other = await afterPassword(app, "codes.other");
      expect((await other.post(step, { recovery: code })).statusCode).toBe(401);
      const bare = await enter("codes.bare");
      expect((await bare.send("POST", "/api/second-factor/recovery-codes")).statusCode).toBe(409);
    });
  });

  describe("the authenticator app", () => {
    test("counts once a code confirms it; until then the password alone signs in", async () => {
      const caller = await enter("app.waits");
      const begun = await caller.send("POST", "/api/second-factor/app");
      const { secret, address } = begun.json<{ secret: string; address: string }>();
      expect(address).toMatch(/^otpauth:\/\/totp\/Boxster:app\.waits\?issuer=Boxster&secret=/);
      expect(
        (await caller.send("PUT", "/api/second-factor/app", { code: "000000" })).statusCode,
      ).toBe(422);
      expect((await tryPassword(app, "app.waits")).json()).toMatchObject({ signedIn: true });
      const done = await caller.send("PUT", "/api/second-factor/app", { code: codeOf(secret) });
      expect(done.json()).toMatchObject({ app: expect.any(String), passkeys: [] });
      expect((await tryPassword(app, "app.waits")).json()).toMatchObject({ signedIn: false });
      // Confirming used the code up.
      const browser = await afterPassword(app, "app.waits");
      expect((await browser.post(step, { code: codeOf(secret) })).statusCode).toBe(401);
    });

    test("another phone takes its place at its first code, and not before", async () => {
      const { caller, secret } = await withApp("app.again");
      const begun = await caller.send("POST", "/api/second-factor/app");
      const next = begun.json<{ secret: string }>().secret;
      const browser = await afterPassword(app, "app.again");
      expect((await browser.post(step, { code: codeOf(secret) })).statusCode).toBe(200);
      await caller.send("PUT", "/api/second-factor/app", { code: codeOf(next) });
      const later = await afterPassword(app, "app.again");
      expect((await later.post(step, { code: codeOf(secret, 1) })).statusCode).toBe(401);
      expect((await later.post(step, { code: codeOf(next, 1) })).statusCode).toBe(200);
    });

    test("its secret is in no table, no log and no reply but the one that shows it", async () => {
      const { caller, secret } = await withApp("app.sealed");
      const [codes] = [await drawCodes(caller)];
      const rows = await asOwner<{ dump: string }>(
        db(),
        `select concat(
           (select string_agg(authenticator_app::text, ';') from authenticator_app),
           (select string_agg(recovery_code::text, ';') from recovery_code),
           (select string_agg(audit::text, ';') from audit)
         ) as dump`,
      );
      const bytes = Buffer.from(base32(secret)).toString("hex");
      const dump = `${rows[0]?.dump}${(await caller.get("/api/second-factor")).body}`;
      for (const hidden of [secret, secret.replaceAll(" ", ""), bytes, ...codes]) {
        expect(dump).not.toContain(hidden);
      }
    });
  });

  test("the last one goes with its recovery codes; the password alone signs in again", async () => {
    const { caller } = await withApp("factor.gone");
    await drawCodes(caller);
    const gone = await caller.send("DELETE", "/api/second-factor/app");
    expect(gone.json()).toEqual({ passkeys: [], app: null, codesLeft: 0, isRequired: false });
    expect((await tryPassword(app, "factor.gone")).json()).toMatchObject({ signedIn: true });
    expect(await auditOf(db(), "remove an authenticator app")).toMatchObject([
      { person: "factor.gone", outcome: "done" },
    ]);
  });

  test("a role of the demonstration has none, and is asked for none", async () => {
    const admin = await app.as("admin");
    expect((await admin.get("/api/accounts")).statusCode).toBe(200);
    expect((await admin.get("/api/second-factor")).statusCode).toBe(409);
    expect((await admin.get("/api/session")).json()).toMatchObject({ needsSecondFactor: false });
  });

  test("signing out gives the second step up", async () => {
    const { secret } = await withApp("step.left");
    const browser = await afterPassword(app, "step.left");
    const token = browser.jar["second_step"] ?? "";
    await callerWith(app, { cookies: [{ name: "second_step", value: token }] } as never).send(
      "DELETE",
      "/api/session",
    );
    expect((await browser.post(step, { code: codeOf(secret) })).statusCode).toBe(401);
  });
});

function base32(secret: string): Uint8Array {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll(" ", "")]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (octet) => Number.parseInt(octet, 2));
}
