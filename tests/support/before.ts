import { readFileSync } from "node:fs";
import { type Applied, readMigrations, throughFence } from "#server/db/applied.ts";
import { schemaOf, takeRowsOfBefore } from "#server/db/before.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { migrate } from "#server/db/migrate.ts";

const file = new URL("../golden/before/migrations.json", import.meta.url);

/** The migrations before version 0.1.0, with their checksums. */
export const oldMigrations: readonly Applied[] = Object.entries<string>(
  JSON.parse(readFileSync(file, "utf8")),
).map(([name, checksum]) => ({ name, checksum }));

/** Those of commit ed7c113a. */
export const firstMigrations = oldMigrations.filter(({ name }) => name < "0057");

export function noteOnly(db: Database, applied: readonly Applied[]): Promise<void> {
  return db.transaction(ownerActor, (tx) =>
    throughFence(tx, async (inside) => {
      await inside.query("delete from migration");
      for (const { name, checksum } of applied) {
        await inside.query("insert into migration (name, checksum) values ($1, $2)", [
          name,
          checksum,
        ]);
      }
    }),
  );
}

/** The schema by room, without the migrations that came after it. */
export const schemaByRoom = schemaOf(readMigrations());

/** A database that takes rows as commit ed7c113a wrote them, and is brought up to date by `migrate`. */
export async function migrateToBefore(db: Database): Promise<void> {
  await migrate(db, schemaByRoom);
  await db.transaction(ownerActor, (tx) => takeRowsOfBefore(tx, firstMigrations));
}
