import { EventEmitter, once } from "node:events";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { auditPage } from "#core/accounts/wire/audit.ts";
import { verifyChain } from "#server/accounts/audit/verify.ts";
import { hashesDone } from "#server/accounts/password-hash.ts";
import { ownerActor, type Transaction } from "#server/db/database.ts";
import { runRetention } from "#server/upkeep/retention/run-retention.ts";
import {
  addTestAccount,
  asOwner,
  auditOf,
  goodPassword,
  newAddress,
  signInAs,
  tryPassword,
} from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { wordsOf } from "#tests/support/problem.ts";

onOneEngine("signing in by password", ({ db, engine }) => {
  const app = appWith(db);

  test("name and password sign in, under the role of the account", async () => {
    await addTestAccount(db(), { name: "jane.hollis", role: "analyst" });
    const reply = await tryPassword(app, " Jane.Hollis ");
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({
      signedIn: true,
      role: "analyst",
      person: "jane.hollis",
      hasAccount: true,
      locked: false,
    });
    expect(reply.cookies[0]).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/" });
    expect(reply.body).not.toContain(reply.cookies[0]?.value);
  });

  describe("one answer and equal work, whatever is wrong", () => {
    const wrong = [
      ["a wrong password", "equal.known", "not the password"],
      ["a name that no account has", "equal.unknown", goodPassword],
      ["a disabled account", "equal.disabled", goodPassword],
      ["an expired account", "equal.expired", goodPassword],
      ["an account without a password", "equal.without", goodPassword],
      ["a name that cannot be one", "__proto__", goodPassword],
      ["a name of 1,000 characters", "x".repeat(1_000), goodPassword],
    ] as const;
    beforeAll(async () => {
      for (const name of ["equal.known", "equal.disabled", "equal.expired"]) {
        await addTestAccount(db(), { name });
      }
      await addTestAccount(db(), { name: "equal.without", withoutPassword: true });
      await asOwner(db(), "update account set disabled_at = now() where name = 'equal.disabled'");
      await asOwner(
        db(),
        "update account set expires_at = now() - interval '1 second' where name = 'equal.expired'",
      );
    });

    test.each(wrong)("%s", async (_what, name, password) => {
      const before = hashesDone();
      const reply = await tryPassword(app, name, password);
      expect(hashesDone() - before).toBe(1);
      expect(reply.statusCode).toBe(401);
      expect(reply.cookies).toEqual([]);
      expect(wordsOf(reply)).toEqual({
        type: "about:blank",
        title: "Not signed in",
        status: 401,
        detail:
          "Wrong sign-in name or password, or the account is disabled. Try again, or ask the administrator.",
      });
    });
  });

  describe("after failures the next try waits", () => {
    /** Really fails twice, and has failed the other times already. */
    const failFrom = async (address: string, times: number) => {
      await asOwner(db(), "delete from sign_in_failure");
      await tryPassword(app, "stranger.1", "wrong one here", address);
      await asOwner(
        db(),
        `update sign_in_failure set failures = ${times - 1} where kind = 'address'`,
      );
      await tryPassword(app, "stranger.2", "wrong one here", address);
    };

    test("per account: right after the fifth, from any address, also with the right password", async () => {
      await addTestAccount(db(), { name: "wait.known" });
      for (let n = 0; n < 5; n += 1) {
        expect((await tryPassword(app, "wait.known", "wrong one here")).statusCode).toBe(401);
      }
      const before = hashesDone();
      const reply = await tryPassword(app, "WAIT.known");
      expect(reply.statusCode).toBe(429);
      expect(reply.headers["retry-after"]).toMatch(/^[1-5]$/);
      expect(hashesDone()).toBe(before);
      expect((await auditOf(db(), "sign in")).at(-1)).toMatchObject({
        person: "wait.known",
        outcome: "refused",
        detail: { reason: "too many attempts", tries: 1 },
      });
    });

    test("whoever tries on during a wait leaves its first try in the chain, the tenth and the hundredth", async () => {
      await addTestAccount(db(), { name: "wait.chain" });
      for (let n = 0; n < 5; n += 1) await tryPassword(app, "wait.chain", "wrong one here");
      const later = "update sign_in_failure set waits_until = now() + interval '1 minute'";
      await asOwner(db(), `${later} where kind = 'name'`);
      const before = (await auditOf(db(), "sign in")).length;
      const tries = async () =>
        (await auditOf(db(), "sign in")).slice(before).map(({ detail }) => detail);
      for (let n = 0; n < 12; n += 1) {
        expect((await tryPassword(app, "wait.chain")).statusCode).toBe(429);
      }
      const first = { reason: "too many attempts", tries: 1 };
      expect(await tries()).toEqual([first, { ...first, tries: 10 }]);
      await asOwner(db(), "update sign_in_failure set waiting_tries = 98 where waiting_tries = 12");
      for (let n = 0; n < 4; n += 1) await tryPassword(app, "wait.chain");
      expect(await tries()).toEqual([first, { ...first, tries: 10 }, { ...first, tries: 100 }]);

      // The next wait begins again.
      await asOwner(db(), "update sign_in_failure set waits_until = now() - interval '1 second'");
      await tryPassword(app, "wait.chain", "wrong one here");
      await tryPassword(app, "wait.chain");
      await tryPassword(app, "wait.chain");
      expect((await tries()).slice(3)).toEqual([{ reason: "not proven" }, first]);
    });

    test("and longer with each failure more", async () => {
      await addTestAccount(db(), { name: "wait.grows" });
      const waits = [];
      for (let n = 0; n < 7; n += 1) {
        const reply = await tryPassword(app, "wait.grows", "wrong one here");
        expect(reply.statusCode).toBe(401);
        if (n < 4) continue;
        waits.push(Number((await tryPassword(app, "wait.grows")).headers["retry-after"]));
        await asOwner(db(), "update sign_in_failure set waits_until = now() - interval '1 second'");
      }
      expect(waits[1]).toBeGreaterThan(5);
      expect(waits[2]).toBeGreaterThan(10);
    });

    test("of a name that no account has, just the same", async () => {
      const statuses = [];
      for (let n = 0; n < 6; n += 1) {
        statuses.push((await tryPassword(app, "wait.unknown", "wrong one here")).statusCode);
      }
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    });

    test("per address: after twenty names, and nobody elsewhere waits", async () => {
      await addTestAccount(db(), { name: "wait.address" });
      const address = newAddress();
      await failFrom(address, 20);
      expect((await tryPassword(app, "wait.address", goodPassword, address)).statusCode).toBe(429);
      expect((await tryPassword(app, "wait.address")).statusCode).toBe(200);
    });

    test("tries at once are counted one by one", async () => {
      await addTestAccount(db(), { name: "wait.storm" });
      const all = await Promise.all(
        Array.from({ length: 12 }, () => tryPassword(app, "wait.storm", "wrong one here")),
      );
      const statuses = all.map(({ statusCode }) => statusCode).sort((one, two) => one - two);
      expect(statuses).toEqual([...Array(5).fill(401), ...Array(7).fill(429)]);
    });

    test("the wait ends, and success forgets the failures of the name", async () => {
      await addTestAccount(db(), { name: "wait.over" });
      for (let n = 0; n < 5; n += 1) await tryPassword(app, "wait.over", "wrong one here");
      expect((await tryPassword(app, "wait.over")).statusCode).toBe(429);
      await asOwner(db(), "update sign_in_failure set waits_until = now() - interval '1 second'");
      expect((await tryPassword(app, "wait.over")).statusCode).toBe(200);
      for (let n = 0; n < 4; n += 1) await tryPassword(app, "wait.over", "wrong one here");
      expect((await tryPassword(app, "wait.over")).statusCode).toBe(200);
    });

    test("an account of one's own does not clear the failures of one's address", async () => {
      await addTestAccount(db(), { name: "wait.mine" });
      const address = newAddress();
      await failFrom(address, 19);
      expect((await tryPassword(app, "wait.mine", goodPassword, address)).statusCode).toBe(200);
      await tryPassword(app, "other.19", "wrong one here", address);
      expect((await tryPassword(app, "wait.mine", goodPassword, address)).statusCode).toBe(429);
    });

    test("neither the address nor the typed name can be read from the database", async () => {
      const address = newAddress();
      await tryPassword(app, "my secret typed here", "wrong one here", address);
      const rows = await asOwner<{ dump: string }>(
        db(),
        "select sign_in_failure::text as dump from sign_in_failure",
      );
      expect(rows.length).toBeGreaterThan(0);
      for (const { dump } of rows) {
        expect(dump).not.toContain(address);
        expect(dump).not.toContain("secret typed");
      }
    });
  });

  describe("the audit chain", () => {
    test("tells an auditor from where a sign-in failed, beside the chain, and for as long as is set", async () => {
      await addTestAccount(db(), { name: "traced.one" });
      await tryPassword(app, "traced.one", "wrong one here", "198.51.100.77");
      const auditor = await app.as("auditor");
      const refused = async () => {
        const url = "/api/audit?person=traced.one&outcome=refused";
        return auditPage.parse((await auditor.get(url)).json()).rows[0]?.detail;
      };
      expect(await refused()).toEqual({ reason: "not proven", sourceAddress: "198.51.100.77" });
      const lines = await auditOf(db(), "sign in");
      expect(JSON.stringify(lines)).not.toContain("198.51.100.77");
      expect(
        await verifyChain(db(), { person: "a", role: "auditor", partner: null }),
      ).toMatchObject({
        ok: true,
      });
      const age = (days: number) =>
        asOwner(db(), `update sign_in_source set at = now() - interval '${days} days'`);
      await age(89);
      await runRetention(app.services);
      expect(await refused()).toHaveProperty("sourceAddress");
      await age(91);
      await runRetention(app.services);
      expect(await refused()).toEqual({ reason: "not proven" });
    });

    test("holds each sign-in and each failure, and a typed name only where an account has it", async () => {
      await addTestAccount(db(), { name: "chain.jane", role: "coordinator" });
      const before = (await auditOf(db(), "sign in")).length;
      await tryPassword(app, "chain.jane", "wrong one here");
      await tryPassword(app, "a password in the wrong field", "wrong one here");
      await signInAs(app, "chain.jane");
      const lines = (await auditOf(db(), "sign in")).slice(before);
      expect(lines).toEqual([
        {
          person: "chain.jane",
          role: "nobody",
          act: "sign in",
          outcome: "refused",
          detail: { reason: "not proven" },
        },
        {
          person: "unknown",
          role: "nobody",
          act: "sign in",
          outcome: "refused",
          detail: { reason: "not proven" },
        },
        { person: "chain.jane", role: "coordinator", act: "sign in", outcome: "done", detail: {} },
      ]);
    });

    test("where the line cannot be written, nobody is signed in", async () => {
      await addTestAccount(db(), { name: "chain.broken" });
      await asOwner(
        db(),
        `create function refuse_line() returns trigger language plpgsql as
         $$ begin if new.outcome = 'done' then raise exception 'no'; end if; return new; end $$`,
      );
      await asOwner(
        db(),
        "create trigger refuse_line before insert on audit for each row execute function refuse_line()",
      );
      try {
        const reply = await tryPassword(app, "chain.broken");
        expect(reply.statusCode).toBe(500);
        expect(reply.cookies).toEqual([]);
        const rows = await asOwner(db(), "select 1 from sign_in where person = 'chain.broken'");
        expect(rows).toEqual([]);
      } finally {
        await asOwner(db(), "drop function refuse_line cascade");
      }
    });
  });

  test("an account disabled while its password is judged does not get in", async () => {
    await addTestAccount(db(), { name: "raced" });
    expect((await tryPassword(app, "raced")).statusCode).toBe(200);
    const before = hashesDone();
    const held = new EventEmitter();
    const trying = once(held, "held").then(() => tryPassword(app, "raced"));
    const disable = (tx: Transaction) =>
      tx.query("update account set disabled_at = now() where name = 'raced'");
    if (engine === "embedded") {
      held.emit("held");
      // Asked for before the hash has an answer, so that the one connection takes it before what follows from that.
      while (hashesDone() <= before) await nextTurn();
      await db().transaction(ownerActor, disable);
    } else {
      await db().transaction(ownerActor, async (tx) => {
        await disable(tx);
        held.emit("held");
        // It reads an account that is not disabled yet.
        while (hashesDone() <= before) await wait(1);
        await wait(100);
      });
    }
    expect((await trying).statusCode).toBe(401);
  });
});
