import { tellPhones } from "#server/accounts/push/tell.ts";
import type { Services } from "#server/acts/services.ts";
import { type Announced, systemActor, type Transaction } from "#server/db/database.ts";
import { type Sql, sql } from "#server/db/sql.ts";
import { type BatchWorker, createWorker } from "#server/live/batch-worker.ts";
import { lostTonight } from "#server/patrols/queries/patrol-windows.ts";

/** Patrols lost within it are one message: their number would tell of that of the sessions. */
const gatherMs = 3_000;

/**
 * Tells police of every patrol of tonight that is lost, and the wardens of a patrol partner of its own. They wait each for
 * their own: neither that a message comes nor when says anything of others' patrols.
 */
export function createPhones(services: Services, onFailure: (error: unknown) => void): BatchWorker {
  const options = { waitMs: gatherMs, onFailure };
  const police = createWorker(
    look(services, () => sql`role = 'sergeant'`),
    options,
  );
  const waiting = () => createWorker(look(services, ofPartners), options);
  // Of all partners where it was not heard whose are lost.
  const workers = new Map([["", waiting()]]);
  const wardens = (code: string) => {
    const known = workers.get(code) ?? waiting();
    workers.set(code, known);
    return known;
  };
  return {
    add: (one) => {
      const [id = "", code = ""] = one?.id.split("/") ?? [];
      const own = one && { ...one, id };
      police.add(own);
      if (own === null || code !== "") wardens(code).add(own);
    },
    stop: async () => {
      for (const worker of [police, ...workers.values()]) await worker.stop();
    },
  };
}

const ofPartners = (codes: readonly string[]) =>
  codes.length === 0 ? null : sql`role = 'warden' and patrol_partner = any(${codes})`;

/** Null: whatever was lost since the last look, and a little before for what was not yet written then. */
function look(
  services: Services,
  whom: (codes: readonly string[]) => Sql | null,
): (batch: readonly Announced[] | null) => Promise<void> {
  const { db, asAt } = services;
  let since = asAt.now();
  return async (batch) => {
    const lost = batch ? batch.map(({ id }) => id) : new Date(since - 10_000);
    const now = asAt.now();
    const read = (tx: Transaction) => tx.through("keeper", (it) => lostTonight(it, lost, now));
    const whose = await db.transaction(systemActor, read, { readOnly: true });
    const told = whose.length > 0 ? whom(whose.filter((code) => code !== null)) : null;
    if (told) {
      await tellPhones(services, sql`person in (select name from account where ${told})`);
    }
    since = now;
  };
}
