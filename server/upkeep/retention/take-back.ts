import type { Services } from "#server/acts/services.ts";
import { noteErasing, sureTime } from "#server/db/clock.ts";
import { systemActor } from "#server/db/database.ts";
import { closeSessions } from "#server/protected-time/close-sessions.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";
import { loadSessions } from "#server/protected-time/queries/sessions.ts";
import { takeBackSealed } from "#server/upkeep/queries/retention.ts";

/** Brings back what was erased of outreach in the last 7 days, and closes again what is to come; how many sessions. */
export async function takeBackErasure({
  db,
  zone,
  asAt,
}: Pick<Services, "db" | "zone" | "asAt">): Promise<number> {
  return db.transaction(
    systemActor,
    async (tx) => {
      await lockOccupancy(tx);
      const back = await takeBackSealed(tx);
      const now = Math.min(asAt.now(), await sureTime(tx));
      // So that the next erasure goes on from now, and not from where a wrong clock had taken it.
      await noteErasing(tx, now);
      const sessions = await tx.through("keeper", (keeper) => loadSessions(keeper, {}));
      const ids = sessions.map(({ id }) => id);
      await closeSessions(tx, { zone, now }, { ids, announce: false });
      return back;
    },
    { retries: 5, long: true },
  );
}
