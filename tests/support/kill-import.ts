import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { type Database, ownerActor } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { migrate } from "#server/db/migrate.ts";
import { fillPlaces } from "#server/places/load.ts";
import { startOnce } from "#tests/support/data-folder.ts";
import { type KillPoint, killRows, mayBeStored, wordsOf } from "#tests/support/kill-points.ts";

const importing = fileURLToPath(new URL("./import-until-killed.ts", import.meta.url));
const moving = fileURLToPath(new URL("./move-until-killed.ts", import.meta.url));

/** Moves the places of a database onto a pack, and kills it before anything is kept, once `meanwhile` is done. */
export const killMove = (
  target: string,
  pack: string,
  meanwhile: () => Promise<void>,
): Promise<void> => killAsItSays(moving, [target, pack], "move", meanwhile);

/** Imports in a process of its own and kills it by SIGKILL at the point. */
export const killProcessAt = (target: string, point: KillPoint): Promise<void> =>
  killAsItSays(importing, [target, JSON.stringify(point)], wordsOf(point));

/** Runs a file in a process of its own, and kills it by SIGKILL as it says "now". */
async function killAsItSays(
  file: string,
  given: readonly string[],
  words: string,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<void> {
  const working = spawn(process.execPath, [file, ...given], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(working, "exit");
  try {
    const said = await Promise.race([once(working.stdout, "data"), ended]);
    expect(String(said[0]), words).toBe("now\n");
    await meanwhile();
  } finally {
    working.kill("SIGKILL");
    await ended;
  }
}

/** Rows of one statement, as the owner. */
export type Ask = (sql: string) => Promise<readonly unknown[]>;

export function asOwner(db: Database): Ask {
  return (sql) => db.transaction(ownerActor, (tx) => tx.query(sql));
}

/** All of its rows with its batch, or none of either; then what is there is taken away again. */
export async function expectAllOrNothing(ask: Ask, point: KillPoint): Promise<number> {
  const [stored] = (await ask(
    `select (select count(*)::int from event) as "events",
            (select count(*)::int from batch) as "batches",
            exists (select from area) as "areas"`,
  )) as { events: number; batches: number; areas: boolean }[];
  const events = stored?.events ?? -1;
  expect(mayBeStored(point), wordsOf(point)).toContain(events);
  expect(stored, wordsOf(point)).toEqual({ events, batches: events / killRows, areas: true });
  await ask("delete from batch");
  return events;
}

export async function prepareForKilling(db: Database): Promise<void> {
  await migrate(db);
  await fillPlaces(db);
}

/** Each point on the same folder, which is opened again after each kill. */
export async function killOnEmbedded(points: readonly KillPoint[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "boxster-kill-"));
  const database = join(folder, "database");
  try {
    await startOnce(folder);
    for (const point of points) {
      await killProcessAt(database, point);
      const reopened = await openEmbedded({ folder: database, snapshot: null });
      try {
        await expectAllOrNothing(asOwner(reopened), point);
      } finally {
        await reopened.close();
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
