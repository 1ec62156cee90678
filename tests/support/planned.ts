import type { Database } from "#server/db/database.ts";
import { openTestApp } from "#tests/support/app.ts";
import { onTopOf } from "#tests/support/continued-fill.ts";
import { fillWatched } from "#tests/support/demo.ts";
import { suggestThrough } from "#tests/support/plan-database.ts";

/** The demonstration with a week of two units that was suggested: working one out takes seconds, once a run. */
export const fillPlanned = onTopOf(fillWatched, suggestOnce);

async function suggestOnce(db: Database): Promise<void> {
  const { as, close } = await openTestApp(db);
  await suggestThrough(await as("sergeant"), { days: 7 });
  await close();
}
