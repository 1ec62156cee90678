import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { type Command, CommandError, operatorAct } from "#server/cli/command.ts";
import { passphraseFileOption } from "#server/cli/secret.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { totalOf } from "#server/upkeep/backup/contents.ts";
import { restoreBackup } from "#server/upkeep/backup/restore-backup.ts";
import { headText, summaryOf } from "#server/upkeep/commands/backup.ts";
import { countOtherConnections, countPlacedOnStreets } from "#server/upkeep/queries/backup.ts";

export const restoreCommand: Command = {
  name: "restore",
  usage: "restore FILE [--passphrase-file FILE]",
  summary: "Restore a backup into an empty database, with the server stopped",
  options: passphraseFileOption,
  positionals: [1, 1],
  audit: { none: "it writes its own line, at the end of the chain that it brings" },
  files: [0],
  secret: { name: "passphrase", twice: false, leastLength: 1 },
  before: true,
  run: async (context, { positionals }) => {
    const { db, actor, config, secret, signal, say } = operatorAct(context);
    const { dataFolder } = config;
    if (!secret) throw new CommandError("A restore needs the passphrase of the backup.");
    await refuseWhileServed(db);
    const asked = { file: positionals[0] ?? "", passphrase: secret, dataFolder };
    const restored = await restoreBackup(db, { ...asked, actor, signal, say });
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
};

/** A backup holds no streets, and a number of a stretch is one of these streets alone. */
function streetsText(records: number, dataFolder: string): string {
  return `${formatQuantity(records, "record")} ${records === 1 ? "lies" : "lie"} on a stretch of street. Copy the folder basemap from the old data folder to ${dataFolder}, or bring in the same file of streets. Other streets are numbered otherwise.`;
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
