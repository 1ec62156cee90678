import { expect, test } from "vitest";
import { readMigrations } from "#server/db/applied.ts";
import { ownerActor } from "#server/db/database.ts";
import { migrate } from "#server/db/migrate.ts";
import { onEachEngine, openTestDatabase } from "#tests/support/database.ts";

onEachEngine("migrations", ({ engine, db }) => {
  test("migrating again applies nothing", async () => {
    expect(await migrate(db())).toEqual([]);
  });

  test("every table has a comment and every constraint is named by us", async () => {
    const tables = await db().transaction(ownerActor, (tx) =>
      tx.query<{ name: string; comment: string | null }>(
        `select c.relname as name, obj_description(c.oid) as comment
         from pg_class c
         where c.relkind in ('r', 'p')
           and c.relnamespace = 'public'::regnamespace
           and c.relname <> 'spatial_ref_sys'`,
      ),
    );
    expect(tables.length).toBeGreaterThan(5);
    expect(tables.filter((table) => !table.comment)).toEqual([]);
  });

  test("an applied migration that changed is refused by name", async () => {
    const changed = readMigrations().map((migration, index) =>
      index === 0 ? { ...migration, checksum: "0".repeat(64) } : migration,
    );
    await expect(migrate(db(), changed)).rejects.toThrow(/0001-ground\.sql has changed/);
  });

  test("a migration that the code does not know is refused", async () => {
    await expect(migrate(db(), readMigrations().slice(0, -1))).rejects.toThrow(/does not know/);
  });

  test("a migration numbered before an applied one is refused", async () => {
    const late = { name: "0000-late.sql", sql: "select 1", checksum: "x" };
    await expect(migrate(db(), [late, ...readMigrations()])).rejects.toThrow(/comes before/);
  });

  test("a migration that fails leaves nothing of itself", async () => {
    const bad = {
      name: "9999-bad.sql",
      sql: "create table half_done (id int); select 1 / 0;",
      checksum: "x",
    };
    await expect(migrate(db(), [...readMigrations(), bad])).rejects.toThrow(/division by zero/);
    const left = await db().transaction(ownerActor, (tx) =>
      tx.query("select 1 from pg_class where relname = 'half_done'"),
    );
    expect(left).toEqual([]);
  });

  test.runIf(engine === "postgres")("twenty migrators at once apply each file once", async () => {
    const fresh = await openTestDatabase("postgres");
    try {
      await fresh.db.transaction(ownerActor, (tx) =>
        tx.script(
          "drop schema public cascade; create schema public; grant usage on schema public to public;",
        ),
      );
      const runs = await Promise.all(Array.from({ length: 20 }, () => migrate(fresh.db)));
      expect(runs.flat().sort()).toEqual(readMigrations().map((migration) => migration.name));
    } finally {
      await fresh.drop();
    }
  });
});
