import { describe, expect, test } from "vitest";
import { freshProofType, secondFactorType } from "#core/text/problem-types.ts";
import { allRoutes } from "#server/app/routes.ts";
import {
  addTestAccount,
  asOwner,
  auditOf,
  goodPassword,
  idOfAccount,
  type SignedIn,
  sessionOf,
} from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import {
  addPasskey,
  challengeFor,
  codeOf,
  makeStale,
  newBrowser,
  setUpApp,
} from "#tests/support/second-factor.ts";

onOneEngine("who must prove more", ({ db }) => {
  const app = appWith(db);

  const enter = async (
    name: string,
    role: "sergeant" | "analyst" | "admin" | "auditor" = "sergeant",
    more = {},
  ) => {
    await addTestAccount(db(), { name, role, ...more });
    return sessionOf(app, name);
  };
  const named = (method: string, url: string) => `${method} ${url}`;

  describe("without a second factor", () => {
    const without = { withoutSecondFactor: true };
    /** Every route that is for the role and not for strangers. */
    const routesFor = (role: string) =>
      allRoutes.filter(
        ({ audience }) =>
          audience === "signed-in" || (audience !== "public" && audience.includes(role as never)),
      );
    const servedWhileSettingUp = [
      "POST /api/session/lock",
      "POST /api/session/prove",
      "GET /api/second-factor",
      "POST /api/second-factor/passkeys/challenge",
      "POST /api/second-factor/passkeys",
      "DELETE /api/second-factor/passkeys/:id",
      "POST /api/second-factor/app",
      "PUT /api/second-factor/app",
      "DELETE /api/second-factor/app",
      "POST /api/second-factor/recovery-codes",
      "POST /api/second-factor/told",
    ];

    test("no more is served while setting one up than this page written by hand says", () => {
      const served = allRoutes.filter(({ whileSettingUp }) => whileSettingUp);
      expect(served.map(({ method, url }) => named(method, url)).sort()).toEqual(
        [...servedWhileSettingUp].sort(),
      );
    });

    test.each(["admin", "auditor"] as const)(
      "an account of the role %s is shut out of every other route",
      async (role) => {
        const caller = await enter(`bare.${role}`, role, without);
        expect((await caller.get("/api/session")).json()).toMatchObject({
          needsSecondFactor: true,
        });
        for (const { method, url } of routesFor(role)) {
          if (servedWhileSettingUp.includes(named(method, url))) continue;
          const reply = await caller.inject({ method, url: url.replace(/:\w+/g, "1") });
          const { status, type } = reply.json<{ status: number; type: string }>();
          expect([status, type], named(method, url)).toEqual([403, secondFactorType]);
        }
        await setUpApp(caller);
        expect((await caller.get("/api/accounts")).statusCode).toBe(200);
        expect((await caller.get("/api/session")).json()).toMatchObject({
          needsSecondFactor: false,
        });
        // Nor can the last one be taken away again.
        expect((await caller.send("DELETE", "/api/second-factor/app")).statusCode).toBe(409);
      },
    );

    test("police are asked by a setting that an administrator switches, from then on at once", async () => {
      const admin = await enter("asks.police", "admin");
      const police = [await enter("bare.sergeant"), await enter("bare.analyst", "analyst")];
      const served = async () =>
        Promise.all(police.map(async (one) => (await one.get("/api/operations")).statusCode));
      const ask = (secondFactorForPolice: boolean) =>
        admin.send("PUT", "/api/account-settings", { secondFactorForPolice });
      expect(await served()).toEqual([200, 200]);
      expect((await ask(true)).json()).toMatchObject({
        secondFactorForPolice: true,
        localPasswords: true,
      });
      expect(await served()).toEqual([403, 403]);
      expect((await app.as("sergeant").then((one) => one.get("/api/operations"))).statusCode).toBe(
        200,
      );
      await ask(false);
      expect(await served()).toEqual([200, 200]);
    });
  });

  describe("acts that ask again", () => {
    const prove = (caller: SignedIn, body: object) =>
      caller.send("POST", "/api/session/prove", body);

    test("are these, and no route forgets it", () => {
      const asking = allRoutes.filter(({ fresh }) => fresh);
      expect(asking.map(({ method, url }) => named(method, url)).sort()).toEqual(
        [
          "DELETE /api/sign-ins/:id",
          "POST /api/accounts",
          "PATCH /api/accounts/:id",
          "PUT /api/account-settings",
          "POST /api/openings/:id/confirm",
          "POST /api/accounts/:id/set-up",
          "POST /api/accounts/:id/device-link",
          "POST /api/clock",
          "POST /api/devices/link",
          "POST /api/accounts/:id/second-factor/clearing",
          "POST /api/second-factor/clearings/:id/confirm",
          "POST /api/second-factor/passkeys/challenge",
          "POST /api/second-factor/passkeys",
          "DELETE /api/second-factor/passkeys/:id",
          "POST /api/second-factor/app",
          "PUT /api/second-factor/app",
          "DELETE /api/second-factor/app",
          "POST /api/second-factor/recovery-codes",
          "GET /api/session/fresh",
        ].sort(),
      );
    });

    test("another session is ended after a proof of the last five minutes alone", async () => {
      const here = await enter("again.ends");
      const there = await sessionOf(app, "again.ends");
      await makeStale(app, "again.ends");
      const rows = (await there.get("/api/sign-ins")).json<{
        signIns: { id: string; isThis: boolean }[];
      }>().signIns;
      const end = () =>
        here.send("DELETE", `/api/sign-ins/${rows.find(({ isThis }) => isThis)?.id}`);
      const refused = await end();
      expect(refused.json()).toMatchObject({ status: 403, type: freshProofType });
      expect((await there.get("/api/sign-ins")).statusCode).toBe(200);
      expect((await prove(here, { password: "not the one" })).statusCode).toBe(401);
      expect((await end()).statusCode).toBe(403);
      expect((await prove(here, { password: goodPassword })).statusCode).toBe(200);
      expect((await end()).statusCode).toBe(200);
      expect((await there.get("/api/sign-ins")).statusCode).toBe(401);
      // Being asked is no act; the proofs are.
      const lines = await auditOf(db(), "end an own session", "prove to be there");
      expect(lines.filter(({ person }) => person === "again.ends")).toMatchObject([
        { act: "prove to be there", outcome: "refused" },
        { act: "prove to be there", outcome: "done" },
        { act: "end an own session", outcome: "done" },
      ]);
    });

    test("a secret is given after a code, or a passkey; each proof counts once", async () => {
      const admin = await enter("again.secret", "admin");
      await enter("again.receives");
      const account = await idOfAccount(db(), "again.receives");
      const give = async () =>
        (await admin.send("POST", `/api/accounts/${account}/set-up`)).statusCode;
      const secret = await setUpApp(admin);
      const device = await addPasskey(app, admin);
      await makeStale(app, "again.secret");
      expect(await give()).toBe(403);
      expect((await prove(admin, { code: codeOf(secret) })).statusCode).toBe(200);
      expect(await give()).toBe(200);
      await makeStale(app, "again.secret");
      expect((await prove(admin, { code: codeOf(secret) })).statusCode).toBe(401);
      expect(await give()).toBe(403);
      const browser = newBrowser(app);
      const passkey = device.answer(await challengeFor(browser));
      const proven = await app.app.inject({
        method: "POST",
        url: "/api/session/prove",
        payload: { passkey },
        cookies: { ...admin.cookies, ...browser.jar },
      });
      expect(proven.statusCode, proven.body).toBe(200);
      expect(await give()).toBe(200);
    });

    test("a stale session adds no second factor", async () => {
      const caller = await enter("again.factor");
      await makeStale(app, "again.factor");
      for (const url of ["/app", "/passkeys/challenge", "/recovery-codes"]) {
        expect((await caller.send("POST", `/api/second-factor${url}`)).statusCode).toBe(403);
      }
    });

    test("an export of more than 10,000 rows asks, one of as many does not", async () => {
      const analyst = await enter("again.export", "analyst");
      await makeStale(app, "again.export");
      const take = async (rows: number) =>
        (
          await analyst.send("POST", "/api/audit/exports", {
            list: "hotspots",
            format: "csv",
            from: "2021-10-01",
            to: "2021-11-26",
            rows,
          })
        ).statusCode;
      expect(await take(10_000)).toBe(200);
      expect(await take(10_001)).toBe(403);
      await prove(analyst, { password: goodPassword });
      expect(await take(10_001)).toBe(200);
    });

    test("a proof of the future counts for nothing: the clock was set back", async () => {
      const caller = await enter("again.clock");
      await asOwner(
        db(),
        "update sign_in set fresh_at = now() + interval '2 hours' where person = 'again.clock'",
      );
      expect((await caller.get("/api/session/fresh")).statusCode).toBe(403);
    });

    test("a role of the demonstration has no proof to give, and is not asked", async () => {
      const admin = await app.as("admin");
      expect((await admin.get("/api/session/fresh")).statusCode).toBe(200);
    });
  });
});
