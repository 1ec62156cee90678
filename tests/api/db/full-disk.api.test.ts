import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Database, DatabaseError, ownerActor, systemActor } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { problemFromDatabase } from "#server/db/errors.ts";
import { keptRoomBytes, roomIn } from "#server/disk-room.ts";
import { migratedSnapshot } from "#tests/support/migrated.ts";
import { mountDisk } from "#tests/support/small-disk.ts";

/** SAFEGUARDS 15: a full disk refuses imports, keeps room for partners' acts, and is over once there is room. */
const megabyte = 1024 * 1024;

const grow = (db: Database, pieces: number, options = {}) =>
  db.transaction(
    ownerActor,
    async (tx) => {
      for (let piece = 0; piece < pieces; piece += 1) {
        await tx.query(
          "insert into filler select repeat(md5(n::text), 30) from generate_series(1, 2000) as given (n)",
        );
      }
    },
    options,
  );
const reads = (db: Database) =>
  db.transaction(systemActor, (tx) => tx.query("select count(*)::int as n from migration"));
const problemOf = async (work: Promise<unknown>) => {
  const error = await work.catch((cause: unknown) => cause);
  if (!(error instanceof DatabaseError)) throw error;
  return problemFromDatabase(error);
};

test("a disk that fills all the same is said, and the database opens again by itself once there is room", async ({
  skip,
}) => {
  const disk = mountDisk(260);
  if (disk === null) return skip("only root may mount a small disk");
  const folder = join(disk.folder, "database");
  const db = await openEmbedded({ folder, snapshot: await migratedSnapshot() });
  try {
    await db.transaction(ownerActor, (tx) => tx.script("create table filler (words text)"));
    const other = join(disk.folder, "other");
    writeFileSync(other, Buffer.alloc((roomIn(disk.folder) ?? 0) - 40 * megabyte));
    expect(await problemOf(grow(db, 400))).toMatchObject({
      status: 507,
      title: "The disk is full",
    });
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await problemOf(reads(db))).toMatchObject({ status: 507 });
    }
    rmSync(other);
    expect(await reads(db)).toHaveLength(1);
    await grow(db, 1);
    expect(existsSync(folder)).toBe(true);
  } finally {
    await db.close();
    disk.remove();
  }
}, 120_000);

test("what brings much in stops whole before the room that is kept for partners; their acts go on", async ({
  skip,
}) => {
  const disk = mountDisk(420);
  if (disk === null) return skip("only root may mount a small disk");
  const db = await openEmbedded({
    folder: join(disk.folder, "database"),
    snapshot: await migratedSnapshot(),
  });
  try {
    await db.transaction(ownerActor, (tx) => tx.script("create table filler (words text)"));
    const other = join(disk.folder, "other");
    writeFileSync(other, Buffer.alloc(Math.max(0, (roomIn(disk.folder) ?? 0) - 230 * megabyte)));
    const problem = await problemOf(grow(db, 400, { grows: true }));
    expect(problem).toMatchObject({ status: 507, title: "The disk is nearly full" });
    expect(roomIn(disk.folder)).toBeGreaterThan(keptRoomBytes - 30 * megabyte);
    const [row] = await db.transaction(ownerActor, (tx) =>
      tx.query<{ n: number }>("select count(*)::int as n from filler"),
    );
    expect(row?.n).toBe(0);
    await grow(db, 1);
    expect(await problemOf(grow(db, 1, { grows: true }))).toMatchObject({ status: 507 });
  } finally {
    await db.close();
    disk.remove();
  }
}, 120_000);
