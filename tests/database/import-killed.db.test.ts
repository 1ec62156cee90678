import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type Database, ownerActor } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { migrate } from "#server/db/migrate.ts";
import { snapshotFile } from "#server/db/snapshot.ts";
import { fillPlaces } from "#server/places/load.ts";
import { engines, openTestDatabase } from "#tests/support/database.ts";

const child = fileURLToPath(new URL("../support/import-until-killed.ts", import.meta.url));

/** SAFEGUARDS, invariant 15. */
test("a process that is killed in the middle of an import leaves no row: embedded", async () => {
  const folder = mkdtempSync(join(tmpdir(), "boxster-kill-"));
  try {
    const snapshot = await snapshotFile(() => undefined);
    const prepared = await openEmbedded({ folder: join(folder, "database"), snapshot });
    await prepare(prepared);
    await prepared.close();
    await killHalfWay(join(folder, "database"));
    const reopened = await openEmbedded({ folder: join(folder, "database"), snapshot: null });
    try {
      expect(await stored(reopened)).toEqual({ events: 0, batches: 0, areas: true });
    } finally {
      await reopened.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.skipIf(!engines.includes("postgres"))(
  "a process that is killed in the middle of an import leaves no row: postgres",
  async () => {
    const { db, url, drop } = await openTestDatabase("postgres");
    try {
      await prepare(db);
      await killHalfWay(url ?? "");
      expect(await stored(db)).toEqual({ events: 0, batches: 0, areas: true });
    } finally {
      await drop();
    }
  },
);

async function prepare(db: Database): Promise<void> {
  await migrate(db);
  await fillPlaces(db);
}

async function killHalfWay(target: string): Promise<void> {
  const importing = spawn(process.execPath, [child, target], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [said] = (await once(importing.stdout, "data")) as [Buffer];
    expect(String(said)).toBe("half\n");
  } finally {
    const ended = once(importing, "exit");
    importing.kill("SIGKILL");
    await ended;
  }
}

async function stored(db: Database) {
  const [row] = await db.transaction(ownerActor, (tx) =>
    tx.query(
      `select (select count(*)::int from event) as "events",
              (select count(*)::int from batch) as "batches",
              exists (select from area) as "areas"`,
    ),
  );
  return row;
}
