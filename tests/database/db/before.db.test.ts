import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Applied, readMigrations } from "#server/db/applied.ts";
import { ownerActor } from "#server/db/database.ts";
import { appliedMigrations, migrate, refuseUnlessMigrated } from "#server/db/migrate.ts";
import { backUp, everyRow, openBare, restore, scratchFolders } from "#tests/support/backup.ts";
import {
  firstMigrations,
  migrateToBefore,
  noteOnly,
  oldMigrations,
  schemaByRoom,
} from "#tests/support/before.ts";
import { onEachEngine, openTestDatabase } from "#tests/support/database.ts";

const folders = scratchFolders();
afterAll(() => folders.clear());

const named = (all: readonly Applied[]) => all.map(({ name }) => name);
/** What came after the schema by room. */
const later = named(readMigrations().slice(schemaByRoom.length));

onEachEngine("a database from before version 0.1.0", ({ engine }) => {
  test("with all its migrations is noted as having the schema by room, and no other row is touched", async () => {
    const { db, drop } = await openTestDatabase(engine, async (made) => {
      await migrate(made, schemaByRoom);
    });
    try {
      const all = await everyRow(db);
      await noteOnly(db, oldMigrations);
      await expect(refuseUnlessMigrated(db)).rejects.toThrow("may not change the schema");
      expect(await migrate(db)).toEqual(later);
      const { migration, ...rows } = await everyRow(db);
      // Tables that came after it are empty.
      const made = Object.keys(rows).filter((name) => !(name in all));
      const empty = Object.fromEntries(made.map((name) => [name, []]));
      expect(rows).toEqual({ ...all, ...empty, migration: undefined });
      expect(migration).toHaveLength(readMigrations().length);
      const applied = await db.transaction(ownerActor, appliedMigrations);
      expect(named(applied ?? [])).toEqual(named(readMigrations()));
    } finally {
      await drop();
    }
  });

  test.each([
    ["older than commit ed7c113a", firstMigrations.slice(0, -1)],
    ["between that and the last", oldMigrations.slice(0, -1)],
    ["changed", oldMigrations.map((one) => ({ ...one, checksum: "0".repeat(64) }))],
  ])("%s is refused, with the version to start once first", async (_what, applied) => {
    const { db, drop } = await openTestDatabase(engine, async (made) => {
      await migrate(made);
      await noteOnly(made, applied);
    });
    try {
      await expect(migrate(db)).rejects.toThrow(
        `It is from before version 0.1.0 (its last migration is ${applied.at(-1)?.name}). Start the version of commit 7065dde4`,
      );
    } finally {
      await drop();
    }
  });

  test.each([
    ["with all its migrations", oldMigrations, later],
    ["of commit ed7c113a", firstMigrations, named(readMigrations())],
  ])("%s: its backup is restored", async (_what, applied, migrated) => {
    const isFirst = applied === firstMigrations;
    const { db, drop } = await openTestDatabase(engine, async (made) => {
      await migrateToBefore(made);
      if (!isFirst) await migrate(made, schemaByRoom);
      await made.transaction(ownerActor, async (tx) => {
        if (isFirst) await tx.script(asItWas);
        const name = isFirst ? "U&'North\\200B Van'" : "'North Van'";
        await tx.through("copier", (door) =>
          door.script(
            `insert into partner (code, name, created_at) values ('van', ${name}, now())`,
          ),
        );
      });
      await noteOnly(made, applied);
    });
    const target = await openBare(engine);
    try {
      const file = join(folders.make(), "old.backup");
      await backUp(db, file, folders.make());
      const restored = await restore(target.db, { file, dataFolder: folders.make() });
      expect(restored.migrated).toEqual(migrated);
      const { partner, clock_mark, migration } = await everyRow(target.db);
      expect(partner?.[0]).toContain(isFirst ? "North Van (1)" : "North Van");
      expect(clock_mark).toHaveLength(3);
      expect(migration).toHaveLength(readMigrations().length);
    } finally {
      await target.drop();
      await drop();
    }
  });
});

/** Without some of what came since. */
const asItWas = `
  alter table release drop column beside;
  alter table batch drop column months;
  alter table outreach_session drop column sealed_at cascade;
  drop table sealed_count, clock_mark`;
