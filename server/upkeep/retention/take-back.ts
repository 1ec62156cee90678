import { z } from "zod";
import type { Services } from "#server/acts/services.ts";
import { noteErasing, sureTime } from "#server/db/clock.ts";
import { systemActor, type Transaction } from "#server/db/database.ts";
import { named, sql } from "#server/db/sql.ts";
import { closeSessions } from "#server/protected-time/close-sessions.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";
import { loadSessions } from "#server/protected-time/queries/sessions.ts";
import { countOf } from "#server/upkeep/retention/erase-sessions.ts";

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

const partnerCount = z.object({ partnerId: z.string(), kept: z.int(), not: z.int() });

/** All that is sealed is there again; how many sessions. */
async function takeBackSealed(tx: Transaction): Promise<number> {
  const partners = await tx.rows(
    partnerCount,
    sql`select partner_id, sum(kept) as kept, sum(not_kept) as not
      from sealed_count group by partner_id`,
  );
  await tx.through("keeper", async (keeper) => {
    for (const { partnerId, kept, not } of partners) {
      await keeper.run(
        sql`update kept_clear
          set visits = greatest(0, visits - case when kept_clear.kept then ${kept}::int else ${not}::int end)
          where partner_id = ${partnerId}`,
      );
    }
  });
  await tx.run(
    sql`update outreach_session set recorded_until = first.recorded_before
      from (
        select distinct on (session_id) session_id, recorded_before
        from sealed_count order by session_id, id
      ) as first
      where outreach_session.id = first.session_id`,
  );
  const takeBack = (table: string) =>
    sql`update ${named(table)} set sealed_at = null where sealed_at is not null`;
  for (const table of ["session_exception", "police_came"]) await tx.run(takeBack(table));
  const back = await countOf(tx, sql`${takeBack("outreach_session")} returning id`);
  await tx.run(sql`delete from sealed_count where sealed_at is not null`);
  return back;
}
