import { dirname } from "node:path";
import { createZone } from "#core/time/zone.ts";
import { createAsAt } from "#server/acts/services.ts";
import { operatorActor } from "#server/cli/command.ts";
import { type Database, wrapDatabase } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { claimFolder } from "#server/db/owner.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { movePlaces } from "#server/places/move/move-places.ts";
import { whileStopped } from "#server/upkeep/commands/backup.ts";

/**
 * A process of its own that moves the places of a database (a folder or an address) onto a pack as the command does, says
 * "now" once all of it is written and nothing kept, and waits there to be killed.
 */
const [target = "", folder = ""] = process.argv.slice(2);
const isServer = target.startsWith("postgres");
if (!isServer) await claimFolder(dirname(target));
const db: Database = isServer
  ? openPostgres(target)
  : await openEmbedded({ folder: target, snapshot: null });
const held = wrapDatabase(db, (actor, work, options) =>
  db.transaction(
    actor,
    async (tx) => {
      const done = await work(tx);
      process.stdout.write("now\n");
      await new Promise((resolve) => setTimeout(resolve, 120_000));
      return done;
    },
    options,
  ),
);
const asAt = createAsAt(createZone("Europe/London"), () => Date.now());
const actor = operatorActor("tester");
const act = { db: held, actor, asAt, addDetail: () => undefined };
await whileStopped(db, () => movePlaces(act, { folder, dryRun: false }));
