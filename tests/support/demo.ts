import { cellAt, disk } from "#core/geo/cell.ts";
import { createZone } from "#core/time/zone.ts";
import { createAsAt } from "#server/acts/services.ts";
import { type Database, ownerActor, systemActor } from "#server/db/database.ts";
import { lookAround } from "#server/displacement/watch/look-around.ts";
import { extendClosures } from "#server/protected-time/close-sessions.ts";
import { loadDemo } from "#server/upkeep/demo/load.ts";
import { runRetention } from "#server/upkeep/retention/run-retention.ts";
import { onTopOf } from "#tests/support/continued-fill.ts";
import { agreedWindow, at } from "#tests/support/outreach.ts";

/** The whole demonstration, as `boxster load-demo` makes it. */
export async function fillDemo(db: Database): Promise<void> {
  const zone = createZone("Europe/London");
  await loadDemo({ db, zone, asAt: createAsAt(zone, () => Date.now()) }, () => undefined);
}

/**
 * As a server leaves it that has run for a moment: what is past its time is erased, and it has looked for displacement.
 * So the next one that starts over it finds nothing to do, and leaves nothing to put back.
 */
export const fillWatched = onTopOf(fillDemo, runOnce);

async function runOnce(db: Database): Promise<void> {
  const zone = createZone("Europe/London");
  const asAt = createAsAt(zone, () => Date.now());
  await asAt.refresh(db);
  await db.transaction(systemActor, (tx) => extendClosures(tx, { zone, now: asAt.now() }));
  await runRetention({ db, zone, asAt });
  await lookAround({ db, zone, asAt });
}

/** Takes back that anything was ever released: whatever is counted goes out as it is. */
export async function removeReleases(db: Database): Promise<void> {
  await db.transaction(ownerActor, (tx) =>
    tx.script(`set local session_replication_role = replica;
      delete from release;
      delete from release_draft`),
  );
}

/** An approved patrol at an hour without outreach. */
export async function addPatrol(db: Database): Promise<void> {
  await db.transaction(ownerActor, (tx) =>
    agreedWindow(tx, {
      from: at("2021-11-29T06:00"),
      to: at("2021-11-29T07:00"),
      cells: disk(cellAt([-0.0631, 51.6179], 10), 1),
    }),
  );
}

/** Removes every row that tells of outreach or of patrols; says how many there were. */
export async function removeOutreachAndPatrols(db: Database): Promise<number> {
  return db.transaction(ownerActor, async (tx) => {
    const rows = await tx.query<{ count: number }>(
      `select ((select count(*) from occupancy) + (select count(*) from outreach_session)
        + (select count(*) from patrol_window))::int as "count"`,
    );
    await tx.query("delete from occupancy");
    await tx.query("delete from patrol_plan");
    await tx.query("delete from partner");
    return rows[0]?.count ?? 0;
  });
}
