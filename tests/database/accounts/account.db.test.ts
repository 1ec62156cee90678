import { describe, expect, test } from "vitest";
import type { Actor } from "#core/role.ts";
import { gateActor, ownerActor } from "#server/db/database.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";

const admin: Actor = { person: "an admin", role: "admin", partner: null };
const auditor: Actor = { person: "an auditor", role: "auditor", partner: null };
const operator: Actor = { person: "an operator", role: "operator", partner: null };
const gate: Actor = { person: "gate", role: "gate", partner: null };

const someHash = "$argon2id$v=19$m=65536,t=10,p=1$c29tZXNhbHQ$c29tZWhhc2g";

onEachEngine("accounts", ({ db }) => {
  const run = <Row>(actor: Actor, sql: string) =>
    db().transaction(actor, (tx) => tx.query<Row>(sql));
  const refused = (actor: Actor, sql: string) =>
    expect(run(actor, sql), `${actor.role}: ${sql}`).rejects.toMatchObject({ code: "42501" });
  const add = (name: string, more = { columns: "", values: "" }) =>
    run(
      admin,
      `insert into account (name, role, created_at ${more.columns})
       values ('${name}', 'sergeant', now() ${more.values})`,
    );

  describe("secrets", () => {
    test("who looks after accounts, and who audits them, reads no secret and writes none", async () => {
      await add("secret.keeper");
      for (const actor of [admin, operator, auditor]) {
        for (const column of ["password_hash", "setup_hash"]) {
          await refused(actor, `select ${column} from account`);
        }
        await refused(actor, `update account set password_hash = '${someHash}'`);
        await refused(actor, "update account set oidc_subject = 'me', oidc_issuer = 'https://x'");
        await refused(
          actor,
          `insert into account (name, role, created_at, password_hash)
           values ('back.door', 'admin', now(), '${someHash}')`,
        );
        for (const table of ["sign_in", "sign_in_failure"]) {
          await refused(actor, `select 1 from ${table}`);
        }
        await refused(actor, "delete from account");
      }
      await refused(auditor, "update account set role = 'admin'");
      await refused(gate, "update account set role = 'admin'");
    });

    test("whether there is a password is told without it", async () => {
      await add("has.password");
      await run(
        gate,
        `update account set password_hash = '${someHash}' where name = 'has.password'`,
      );
      const rows = await run<{ has: boolean }>(
        auditor,
        "select has_password as has from account where name = 'has.password'",
      );
      expect(rows).toEqual([{ has: true }]);
    });

    test("a password is stored as argon2id or not at all", () =>
      expect(run(gate, "update account set password_hash = 'plain'")).rejects.toMatchObject({
        constraint: "account_password_hash_slow",
      }));
  });

  describe("the epoch, which ends the sessions of an account", () => {
    const epochOf = async (name: string) => {
      const [row] = await run<{ epoch: number }>(
        admin,
        `select epoch from account where name = '${name}'`,
      );
      return row?.epoch ?? 0;
    };

    test.each([
      ["role", admin, "role = 'analyst'"],
      ["disabling", admin, "disabled_at = now()"],
      ["the name at the identity provider", admin, "oidc_name = 'other'"],
      ["password", gate, `password_hash = '${someHash}'`],
      ["a one-time secret", gate, "setup_hash = sha256('x'::bytea), setup_until = now()"],
    ])("grows with a change of %s", async (what, actor, change) => {
      const name = `epoch.${what.replaceAll(/\W/g, "-")}`;
      await add(name);
      const before = await epochOf(name);
      await run(actor, `update account set ${change} where name = '${name}'`);
      expect(await epochOf(name)).toBe(before + 1);
    });

    test("grows with a change of partner", async () => {
      await run(
        ownerActor,
        `insert into partner (code, name, created_at)
         values ('one', 'One', now()), ('two', 'Two', now())`,
      );
      await run(
        admin,
        `insert into account (name, role, partner_id, created_at)
         select 'epoch.partner', 'partner', id, now() from partner where code = 'one'`,
      );
      await run(
        admin,
        `update account set partner_id = (select id from partner where code = 'two')
         where name = 'epoch.partner'`,
      );
      expect(await epochOf("epoch.partner")).toBe(2);
    });

    test("grows with each one-time secret, the second too", async () => {
      await add("epoch.secret");
      for (const secret of ["01", "02"]) {
        await run(
          gateActor,
          `update account
           set setup_hash = decode(repeat('${secret}', 32), 'hex'), setup_until = now()
           where name = 'epoch.secret'`,
        );
      }
      expect(await epochOf("epoch.secret")).toBe(3);
    });

    test("stays with a change of the shown name or the last day", async () => {
      await add("epoch.same");
      await run(
        admin,
        `update account set shown_name = 'Same', expires_at = now() where name = 'epoch.same'`,
      );
      expect(await epochOf("epoch.same")).toBe(1);
    });
  });

  test("another name at the identity provider forgets whom the old one was bound to", async () => {
    await add("bound", { columns: ", oidc_name", values: ", 'first'" });
    await run(
      gate,
      "update account set oidc_issuer = 'https://id.example', oidc_subject = '1' where name = 'bound'",
    );
    await run(admin, "update account set oidc_name = 'second' where name = 'bound'");
    const rows = await run<{ subject: string | null }>(
      admin,
      "select oidc_subject as subject from account where name = 'bound'",
    );
    expect(rows).toEqual([{ subject: null }]);
  });

  test("an administrator changes no setting but how people sign in and whom partners phone", async () => {
    await run(
      admin,
      `insert into setting (key, value)
       values ('local-passwords', 'true'), ('second-factor-for-police', 'false'),
         ('police-contact', '"101"')`,
    );
    await refused(admin, "insert into setting (key, value) values ('demo', '{}')");
    await run(ownerActor, "insert into setting (key, value) values ('other', '1')");
    expect(await run(gate, "select key from setting order by key")).toEqual([
      { key: "local-passwords" },
      { key: "police-contact" },
      { key: "second-factor-for-police" },
    ]);
    const changed = await run(
      admin,
      "update setting set value = '2' where key = 'other' returning key",
    );
    expect(changed).toEqual([]);
  });

  test("one partner for the role partner, none for any other", async () => {
    await refusedBy(
      "account_partner_id_present",
      run(admin, "insert into account (name, role, created_at) values ('lost', 'partner', now())"),
    );
    await refusedBy(
      "account_partner_id_present",
      run(
        admin,
        `insert into account (name, role, partner_id, created_at)
         select 'nosy', 'sergeant', min(id), now() from partner`,
      ),
    );
  });
});
