import { createZone } from "#core/time/zone.ts";
import { createAsAt } from "#server/as-at.ts";
import type { Config } from "#server/config.ts";
import type { Services } from "#server/context.ts";
import { openDatabase } from "#server/db/open.ts";
import { fillPlaces } from "#server/places/load.ts";
import { createPlanSolver } from "#server/plan/solver.ts";

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
  if (await fillPlaces(db)) say("Boundaries and place names are in.");
  const asAt = createAsAt(zone, () => Date.now());
  await asAt.refresh(db);
  const solver = createPlanSolver();
  return {
    config,
    db,
    zone,
    asAt,
    solver,
    close: async () => {
      await solver.close();
      await db.close();
    },
  };
}
