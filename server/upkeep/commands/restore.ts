import { z } from "zod";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { CommandError, command } from "#server/cli/command.ts";
import { passphraseOption } from "#server/cli/secret.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { totalOf } from "#server/upkeep/backup/contents.ts";
import { restoreBackup } from "#server/upkeep/backup/restore-backup.ts";
import { headText, summaryOf } from "#server/upkeep/commands/backup.ts";
import { countOtherConnections, countPlacedOnStreets } from "#server/upkeep/queries/backup.ts";

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
      ],
    };
  },
});

/** Segment numbers are valid only for their own streets, which backups do not hold. */
function streetsText(records: number, dataFolder: string): string {
  return `${formatQuantity(records, "record")} ${records === 1 ? "lies" : "lie"} on a stretch of street. Copy the folder basemap from the old data folder to ${dataFolder}, or add the same file of streets. Other streets have other numbers.`;
}

/** The embedded folder has one owner anyway; on a server others may be at work. */
async function refuseWhileServed(db: Database): Promise<void> {
  if (db.engine === "embedded") return;
  const others = await db.transaction(ownerActor, countOtherConnections);
  if (others === 0) return;
  throw new CommandError(
    `${others === 1 ? "Another process is" : `${others} other processes are`} connected to this database. Stop the server first, then run this command again.`,
  );
}
