import { statSync } from "node:fs";
import { z } from "zod";
import type { Actor } from "#core/role.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { CommandError, command } from "#server/cli/command.ts";
import { passphraseOption } from "#server/cli/secret.ts";
import {
  type Database,
  DatabaseError,
  ownerActor,
  type Transaction,
  withOptions,
} from "#server/db/database.ts";
import { readPackHead } from "#server/place-pack.ts";
import { heldPack } from "#server/places/load.ts";
import { lockPlaces } from "#server/places/move/kept-places.ts";
import { openDuplicateKeys } from "#server/records/import/duplicate-key.ts";
import { countBatchesOfOtherKeys } from "#server/records/queries/batches.ts";
import { totalOf } from "#server/upkeep/backup/contents.ts";
import { restoreBackup } from "#server/upkeep/backup/restore-backup.ts";
import { type Backup, refuseTakenName, writeBackup } from "#server/upkeep/backup/write-backup.ts";
import { countOtherConnections, countPlacedOnStreets } from "#server/upkeep/queries/backup.ts";

export const backupCommand = command({
  name: "backup",
  takes: "FILE [--passphrase-file FILE]",
  summary: "Back up everything to one encrypted file",
  options: passphraseOption,
  audit: { verb: "disclosure", act: "back up", purpose: "administration" },
  secret: { name: "passphrase", twice: true, leastLength: 16 },
  reads: z.object({ file: z.string() }),
  run: async ({ db, actor, config, secret, signal, say, addDetail }, { file }) => {
    const { dataFolder } = config;
    if (!secret) throw new CommandError("A backup needs a passphrase.");
    refuseTakenName(file);
    const otherKeys = await begin(db, actor, dataFolder);
    const backup = await writeBackup(db, { file, passphrase: secret, dataFolder, signal });
    addDetail({ rows: totalOf(backup), bytes: backup.bytes });
    const warnings = warningsOf(backup, otherKeys, dataFolder);
    for (const line of warnings) say(line);
    return {
      json: { file, ...summaryOf(backup), bytes: backup.bytes, warnings },
      text: [
        `${file}: ${formatCount(totalOf(backup))} rows of ${Object.keys(backup.rows).length} tables, ${(backup.bytes / 1e6).toFixed(1)} MB.`,
        headText(backup),
        "Without the passphrase nobody can read it, including you.",
      ],
    };
  },
});

/**
 * The start is in the chain before anything leaves, so that an aborted backup leaves a line, and
 * the file contains it. Completion is recorded when the file is whole, or else the refusal.
 */
function begin(db: Database, actor: Actor, dataFolder: string): Promise<number> {
  return db.transaction(
    actor,
    async (tx) => {
      const hasKey = statSync(`${dataFolder}/import.key`, { throwIfNoEntry: false }) !== undefined;
      // Rows that cannot be recognised again with the key in the file.
      const keyId = hasKey ? openDuplicateKeys(dataFolder).id : "";
      const otherKeys = await countBatchesOfOtherKeys(tx, keyId);
      await appendAudit(tx, actor, {
        verb: "disclosure",
        act: "begin a backup",
        purpose: "administration",
        outcome: "done",
        detail: {},
      });
      return otherKeys;
    },
    { beside: true },
  );
}

function warningsOf({ brokenAt }: Backup, otherKeys: number, dataFolder: string): string[] {
  const warnings: string[] = [];
  if (brokenAt !== null) {
    warnings.push(`The audit log was changed at row ${brokenAt}; it is backed up as it is.`);
  }
  if (otherKeys > 0) {
    warnings.push(
      `${otherKeys} imports were made with a key that is not in ${dataFolder}: after a restore their rows would not be recognised when they come again. Run this with BOXSTER_DATA set as the server has it.`,
    );
  }
  return warnings;
}

export const restoreCommand = command({
  name: "restore",
  takes: "FILE [--passphrase-file FILE]",
  summary: "Restore a backup into an empty database, with the server stopped",
  options: passphraseOption,
  audit: { none: "it writes its own line, at the end of the chain that it brings" },
  secret: { name: "passphrase", twice: false, leastLength: 1 },
  before: true,
  reads: z.object({ file: z.string() }),
  run: async ({ db, actor, config, secret, signal, say }, { file }) => {
    const { dataFolder } = config;
    if (!secret) throw new CommandError("A restore needs the passphrase of the backup.");
    await refuseWhileServed(db);
    const asked = { file, passphrase: secret, dataFolder, actor, signal, say };
    const restored = await restoreBackup(db, asked);
    const { migrated } = restored;
    const keys = Object.keys(restored.keyFiles);
    const onStreets = (await db.transaction(ownerActor, countPlacedOnStreets)) ?? 0;
    const places = await db.transaction(ownerActor, heldPack);
    return {
      json: { ...summaryOf(restored), verified: restored.brokenAt === null, migrated, keys },
      text: [
        `Restored ${formatCount(totalOf(restored))} rows of ${Object.keys(restored.rows).length} tables, as at ${restored.madeAt}.`,
        headText(restored),
        restored.brokenAt === null
          ? "Row counts and audit log match the backup."
          : `Row counts match the backup. Its audit log was already changed at row ${restored.brokenAt}.`,
        ...(migrated.length > 0 ? [`Brought up to date: ${migrated.join(", ")}.`] : []),
        ...keys.map((name) => `${name} is in ${dataFolder}.`),
        ...(onStreets > 0 ? [streetsText(onStreets, dataFolder)] : []),
        ...(places ? placesText(places.code, config.places.folder) : []),
      ],
    };
  },
});

/** Segment numbers are valid only for their own streets, which backups do not hold. */
function streetsText(records: number, dataFolder: string): string {
  return `${formatQuantity(records, "record")} ${records === 1 ? "lies" : "lie"} on a stretch of street. Copy the folder basemap from the old data folder to ${dataFolder}, or add the same file of streets. Other streets have other numbers.`;
}

/** The next start is refused with another pack. */
function placesText(code: string, folder: string): string[] {
  if (readPackHead(folder).code === code) return [];
  return [
    `It is for the places "${code}". Set BOXSTER_PLACES to their folder for every start and command.`,
  ];
}

/** The embedded folder has one owner anyway; on a server others may be at work. */
export async function refuseWhileServed(db: Database): Promise<void> {
  if (db.engine === "embedded") return;
  await db.transaction(ownerActor, refuseOthers).catch(sayUnseen);
}

/**
 * Nothing else works on the database meanwhile: who opens it meets the lock (`fillPlaces`), and who opened it before is
 * counted once that is held. An embedded one is kept by the claim on its folder.
 */
export async function whileStopped<Value>(
  db: Database,
  work: () => Promise<Value>,
): Promise<Value> {
  if (db.engine === "embedded") return work();
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let holding = released;
  await new Promise<void>((begin, refuse) => {
    holding = withOptions(db, { long: true }).transaction(ownerActor, async (tx) => {
      await lockPlaces(tx);
      await refuseOthers(tx);
      begin();
      await released;
    });
    holding.catch(refuse);
  }).catch(sayUnseen);
  try {
    return await work();
  } finally {
    release();
    await holding;
  }
}

async function refuseOthers(tx: Transaction): Promise<void> {
  const others = (await countOtherConnections(tx)) ?? 0;
  if (others === 0) return;
  throw new CommandError(
    `${others === 1 ? "Another process is" : `${others} other processes are`} connected to this database. Stop the server first, then run this command again.`,
  );
}

function sayUnseen(cause: unknown): never {
  if (!(cause instanceof DatabaseError && cause.code === "42501")) throw cause;
  throw new CommandError(
    "This login cannot see whether a server is running. Set DATABASE_URL to the owner's address, as for a backup.",
    { cause },
  );
}

/** What `backup` and `restore` say alike, so that the two can be compared. */
function summaryOf(backup: Omit<Backup, "bytes">) {
  const { version, madeAt, engine, migrations, rows, head } = backup;
  return { version, madeAt, engine, migrations: migrations.length, rows, head };
}

function headText({ head }: Pick<Backup, "head">): string {
  return head === null
    ? "The audit log has no rows yet."
    : `Audit chain: row ${head.id} of ${head.at}, ${head.hash}.`;
}
