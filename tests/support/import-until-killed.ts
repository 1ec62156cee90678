import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Actor } from "#core/role.ts";
import { createZone } from "#core/time/zone.ts";
import { type Act, createAsAt, silentNotes } from "#server/acts/services.ts";
import { readConfig } from "#server/config.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { createStreets } from "#server/places/streets/streets.ts";
import { runImport } from "#server/records/import/run-import.ts";
import { autoChoices } from "#tests/support/import.ts";
import { type KillPoint, killFile, sourceUntil } from "#tests/support/kill-points.ts";

/**
 * A process of its own that begins an import into a database (a folder or an address) and says "now" at
 * the given point, where the test that started it kills it: held there, or while the work goes on.
 */
const [target = "", written = "{}"] = process.argv.slice(2);
const point = JSON.parse(written) as KillPoint;
const isServer = target.startsWith("postgres");
const db = isServer ? openPostgres(target) : await openEmbedded({ folder: target, snapshot: null });
const zone = createZone("Europe/London");
const asAt = createAsAt(zone, () => Date.now());
const config = readConfig({ BOXSTER_DATA: mkdtempSync(join(tmpdir(), "boxster-killed-")) });
// Without the server and its solver, whose start takes longer than the import.
const streets = createStreets(config.dataFolder);
const actor: Actor = { person: "analyst-1", role: "analyst", partner: null };
const act = { config, db, zone, asAt, streets, actor, ...silentNotes } as unknown as Act;
const reach = async () => {
  process.stdout.write("now\n");
  if (point.isHeld) await new Promise((resolve) => setTimeout(resolve, 120_000));
};

await runImport(act, {
  source: sourceUntil(killFile, point, reach),
  choices: autoChoices,
  dryRun: false,
  signal: new AbortController().signal,
  onProgress: () => undefined,
});
if (point.at === "committed") await reach();
await new Promise((resolve) => setTimeout(resolve, 120_000));
