import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#core/role.ts";
import { gateActor, ownerActor } from "#server/db/database.ts";
import { addLostPasskey, addTestAccount } from "#tests/support/accounts.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";

const tables = ["passkey", "authenticator_app", "recovery_code"];

onEachEngine("the rows of a second factor", ({ db }) => {
  const run = <Row>(actor: Actor, sql: string) =>
    db().transaction(actor, (tx) => tx.query<Row>(sql));
  /** The gate, as it is stepped through by somebody. */
  const gateOf = (person: string): Actor => ({ person, role: "gate", partner: null });
  const admin = (person: string): Actor => ({ person, role: "admin", partner: null });
  const idOf = (name: string) => `(select id from account where name = '${name}')`;
  const values = (name: string) => ({
    passkey: `insert into passkey (account_id, credential_id, public_key, counter, name)
      values (${idOf(name)}, sha256('${name}${Math.random()}'), 'key', 0, 'Desk')`,
    authenticator_app: `insert into authenticator_app (account_id, sealed_secret)
      values (${idOf(name)}, decode(repeat('01', 48), 'hex'))`,
    recovery_code: `insert into recovery_code (account_id, code_hash)
      values (${idOf(name)}, sha256('${name}${Math.random()}'))`,
  });
  const counts = async (name: string) => {
    const rows = await run<{ count: number }>(
      gateActor,
      tables
        .map(
          (table) => `select count(*)::int as count from ${table} where account_id = ${idOf(name)}`,
        )
        .join(" union all "),
    );
    return rows.map(({ count }) => count);
  };

  beforeAll(async () => {
    for (const name of ["own.er", "some.admin", "other.admin"]) {
      await addTestAccount(db(), { name, role: "admin", withoutSecondFactor: true });
    }
    for (const sql of Object.values(values("own.er"))) await run(gateOf("own.er"), sql);
  });

  test("nobody adds one to another's account: not an administrator, not the server of itself, not the owner of the schema", async () => {
    for (const [table, sql] of Object.entries(values("own.er"))) {
      for (const actor of [gateOf("some.admin"), gateActor, gateOf("system")]) {
        await expect(run(actor, sql), table).rejects.toMatchObject({
          constraint: `${table}_of_owner_or_two`,
        });
      }
      await expect(run(ownerActor, sql), table).rejects.toThrow();
    }
  });

  test("nobody takes one away from another's account, whoever asks for it alone", async () => {
    await run(
      admin("some.admin"),
      `insert into second_factor_clearing (account_id) values (${idOf("own.er")})`,
    );
    for (const table of tables) {
      for (const actor of [gateOf("some.admin"), gateOf("other.admin"), gateActor]) {
        await expect(
          run(actor, `delete from ${table} where account_id = ${idOf("own.er")}`),
          table,
        ).rejects.toMatchObject({ constraint: `${table}_of_owner_or_two` });
      }
    }
    expect(await counts("own.er")).toEqual([1, 1, 1]);
  });

  test("who asked does not confirm, nor the owner, whatever name is sent", async () => {
    for (const [person, constraint] of [
      ["some.admin", "second_factor_clearing_two_people"],
      ["own.er", "second_factor_clearing_not_the_owner"],
    ] as const) {
      await refusedBy(
        constraint,
        run(admin(person), "update second_factor_clearing set confirmed_by = 'other.admin'"),
      );
    }
    await expect(
      run(
        admin("own.er"),
        `insert into second_factor_clearing (account_id) values (${idOf("own.er")})`,
      ),
    ).rejects.toThrow();
  });

  test("two people together do, for what there was then and for nothing made later", async () => {
    const confirmed = await run<{ by: string }>(
      admin("other.admin"),
      `update second_factor_clearing set confirmed_by = 'somebody else' returning confirmed_by as "by"`,
    );
    expect(confirmed, "who confirms is whoever acts").toEqual([{ by: "other.admin" }]);
    await run(gateOf("own.er"), values("own.er").passkey);
    // At the very instant, as a clock of whole milliseconds tells it: no rule of the table is asked of this.
    await db().transaction(ownerActor, async (tx) => {
      await tx.script("set local session_replication_role = replica");
      await tx.query(
        `update passkey set made_at = (select max(cleared_at) from second_factor_clearing)
         where made_at = (select max(made_at) from passkey)`,
      );
    });
    await expect(
      run(gateOf("other.admin"), `delete from passkey where account_id = ${idOf("own.er")}`),
      "one of them was made since",
    ).rejects.toMatchObject({ constraint: "passkey_of_owner_or_two" });
    await run(
      gateOf("other.admin"),
      `delete from recovery_code where account_id = ${idOf("own.er")}`,
    );
    expect(await counts("own.er")).toEqual([2, 1, 0]);
    await refusedBy(
      "second_factor_clearing_stays",
      run(admin("other.admin"), "update second_factor_clearing set confirmed_by = null"),
    );
  });

  describe("what was used stays used", () => {
    test.each([
      ["a counter", "passkey", "counter = 5", "counter = 5"],
      ["a counter, to nought", "passkey", "counter = 5", "counter = 0"],
      [
        "a half minute",
        "authenticator_app",
        "last_step = 9, confirmed_at = now()",
        "last_step = 9",
      ],
      [
        "a confirmation",
        "authenticator_app",
        "last_step = 9, confirmed_at = now()",
        "last_step = 10, confirmed_at = null",
      ],
      ["a recovery code", "recovery_code", "used_at = now()", "used_at = null"],
    ])("%s", async (_what, table, first, again) => {
      const name = `used.${_what.replaceAll(/[^a-z]/g, "")}`;
      await addTestAccount(db(), { name });
      await run(gateOf(name), values(name)[table as "passkey"]);
      const where = `where account_id = ${idOf(name)}`;
      await run(gateActor, `update ${table} set ${first} ${where}`);
      await refusedBy(
        `${table}_counts_once`,
        run(gateActor, `update ${table} set ${again} ${where}`),
      );
    });
  });

  test("administrators and auditors read that somebody has one, and nothing of it", async () => {
    await addLostPasskey(db(), "some.admin");
    const auditor: Actor = { person: "a", role: "auditor", partner: null };
    for (const actor of [admin("other.admin"), auditor]) {
      expect((await run(actor, "select account_id from passkey")).length).toBeGreaterThan(0);
      await expect(run(actor, "select public_key from passkey")).rejects.toThrow("denied");
      await expect(run(actor, "select sealed_secret from authenticator_app")).rejects.toThrow(
        "denied",
      );
      await expect(run(actor, "select code_hash from recovery_code")).rejects.toThrow("denied");
    }
  });
});
