import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  asOwner,
  callerWith,
  goodPassword,
  newAddress,
  type SignedIn,
  tryPassword,
} from "#tests/support/accounts.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { openSessionApp, type SessionApp } from "#tests/support/session-app.ts";

const own = "/api/sign-ins";

onOneEngine("a session whose screen is locked", ({ db }) => {
  let app: SessionApp;
  beforeAll(async () => {
    app = await openSessionApp(db());
  });
  afterAll(() => app.close());

  const asks = (caller: SignedIn) => app.asks(caller);
  const enter: SessionApp["enter"] = (name, more) => app.enter(name, more);

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
});
