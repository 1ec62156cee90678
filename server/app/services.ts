import { createZone, type Zone } from "#core/time/zone.ts";
import { createAsAt, type Services } from "#server/acts/services.ts";
import type { Config } from "#server/config.ts";
import type { Database } from "#server/db/database.ts";
import { openAsItIs, openDatabase } from "#server/db/open.ts";
import { openRises } from "#server/displacement/rises.ts";
import { watchedEdges } from "#server/displacement/watched-edges.ts";
import { complaintsByYear } from "#server/outcomes/data-complaints.ts";
import { createPlanSolver } from "#server/patrols/solver/solver.ts";
import { fillPlaces } from "#server/places/load.ts";
import { createStreets } from "#server/places/streets/streets.ts";

export interface OpenServices extends Services {
  readonly close: () => Promise<void>;
}

/** Opens what routes and commands share; the one place that reads the clock. */
export async function openServices(
  config: Config,
  say: (line: string) => void,
): Promise<OpenServices> {
  const zone = createZone(config.timeZone);
  const db = await openDatabase(config, say);
  try {
    const filled = await fillPlaces(db, config.places.folder, config.timeZone);
    if (filled !== null) say(filled);
    const services = shareDatabase(config, db, zone);
    await services.asAt.refresh(db);
    return services;
  } catch (error) {
    // Otherwise it keeps the process alive after the line that says why it failed.
    await db.close();
    throw error;
  }
}

/** For migrating and restoring, when the schema is outdated or missing. */
export async function openServicesBefore(
  config: Config,
  say: (line: string) => void,
): Promise<OpenServices> {
  const zone = createZone(config.timeZone);
  return shareDatabase(config, await openAsItIs(config, say), zone);
}

function shareDatabase(config: Config, db: Database, zone: Zone): OpenServices {
  const asAt = createAsAt(zone, () => Date.now());
  const solver = createPlanSolver();
  return {
    watchedEdges,
    openRises,
    complaintsByYear: () => complaintsByYear(db, asAt),
    config,
    db,
    zone,
    asAt,
    solver,
    streets: createStreets(config.dataFolder),
    close: async () => {
      await solver.close();
      await db.close();
    },
  };
}
