import { expect, test } from "vitest";
import { ownerActor } from "#server/db/database.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";

/** Every column that holds what a person called something; the others have narrower forms. */
const columns = [
  "account.shown_name",
  "operation.name",
  "operation_phase.name",
  "partner.name",
  "passkey.name",
  "patrol_partner.name",
  "place_plan.name",
  "saved_place.label",
  "saved_view.name",
];

onEachEngine("names that others read", ({ db }) => {
  const ask = <Row>(sql: string) => db().transaction(ownerActor, (tx) => tx.query<Row>(sql));

  test("the database itself takes none with signs that nobody sees, whoever writes it", async () => {
    for (const code of [
      "0007",
      "00AD",
      "200B",
      "200F",
      "202E",
      "2066",
      "2028",
      "3164",
      "FE0F",
      "FEFF",
    ]) {
      const add = ask(
        `insert into partner (code, name, created_at) values ('x', U&'Open\\${code}Door', now())`,
      );
      await expect(add, code).rejects.toMatchObject({ constraint: "partner_name_plain" });
    }
    const shown = ask(
      `insert into account (name, shown_name, role, created_at)
       values ('a.b', U&'A\\202Eb', 'sergeant', now())`,
    );
    await refusedBy("account_shown_name_plain", shown);
    await ask(`insert into partner (code, name, created_at) values ('y', 'Café 2 – Nord', now())`);
  });

  test("each column of such names has the constraint", async () => {
    const held = await ask<{ column: string }>(
      `select conrelid::regclass || '.' || attname as "column"
       from pg_constraint
       join pg_attribute on attrelid = conrelid and attnum = conkey[1]
       where pg_get_constraintdef(pg_constraint.oid) like '%plain_name(%' and convalidated
       order by 1`,
    );
    expect(held.map(({ column }) => column)).toEqual(columns);
  });
});
