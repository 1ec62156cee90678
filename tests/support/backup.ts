import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { operatorActor } from "#server/cli/command.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import {
  type Restored,
  type RestoreRequest,
  restoreBackup,
} from "#server/upkeep/backup/restore-backup.ts";
import { type Backup, writeBackup } from "#server/upkeep/backup/write-backup.ts";
import { rowsOf, setPlainFormats, storedTables } from "#server/upkeep/queries/backup.ts";
import { type Engine, openTestDatabase } from "#tests/support/database.ts";

export const passphrase = "correct horse battery staple";
const signal = new AbortController().signal;

/** Folders that are removed with `clear`. */
export function scratchFolders() {
  const made: string[] = [];
  return {
    make: () => {
      const folder = mkdtempSync(join(tmpdir(), "boxster-backup-"));
      made.push(folder);
      return folder;
    },
    clear: () => {
      for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function backUp(db: Database, file: string, dataFolder: string): Promise<Backup> {
  return writeBackup(db, { file, passphrase, dataFolder, signal });
}

export function restore(
  db: Database,
  request: Pick<RestoreRequest, "file" | "dataFolder"> & Partial<RestoreRequest>,
): Promise<Restored> {
  return restoreBackup(db, {
    passphrase,
    actor: operatorActor("tester"),
    signal,
    say: () => undefined,
    ...request,
  });
}

/** A database that nothing was done with yet, not even a migration. */
export function openBare(engine: Engine) {
  return openTestDatabase(engine, async () => undefined);
}

/** Every row of every table as text, by table, in no order of its own. */
export function everyRow(db: Database): Promise<Record<string, string[]>> {
  return db.transaction(ownerActor, async (tx) => {
    await setPlainFormats(tx);
    const found: Record<string, string[]> = {};
    for (const table of await storedTables(tx)) {
      const lines: string[] = [];
      for await (const piece of rowsOf(tx, table, 1_000)) lines.push(...piece);
      found[table.name] = lines.sort((a, b) => (a < b ? -1 : 1));
    }
    return found;
  });
}
