import { createHash } from "node:crypto";
import { shownUntil } from "#core/protected-time/shown-until.ts";
import { dayMs } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import { systemActor, type Transaction } from "#server/db/database.ts";
import { ownAttended } from "#server/protected-time/police-attended.ts";
import { loadNotices, nextQuiet } from "#server/protected-time/police-notices.ts";
import { nothingSeen, shownStretches } from "#server/protected-time/protected-stretches.ts";
import { partnersOfSessions } from "#server/protected-time/queries/sessions.ts";
import { toldSessions } from "#server/protected-time/replies.ts";

/**
 * Fingerprint of what someone is shown, equal while none of it has changed. An event without a
 * change visible to its reader would itself reveal something: a session saved beyond the days
 * shown, two partners closing the same corner, a patrol in the way (SAFEGUARDS 5, 13). Read by the
 * tool itself, so no look is recorded.
 */
export interface Shown {
  readonly closed: () => Promise<string>;
  readonly notices: () => Promise<string>;
  readonly told: (partnerId: string) => Promise<string>;
  /** When it changes next by the clock alone; null: not. */
  readonly toldAnewAt: () => Promise<number | null>;
  readonly attended: (partnerId: string) => Promise<string>;
  /** By session id; deleted sessions are missing. */
  readonly partnersOf: (sessionIds: readonly string[]) => Promise<Map<string, string>>;
}

export function whatIsShown({ db, zone, asAt }: Pick<Services, "db" | "zone" | "asAt">): Shown {
  const read = <Value>(work: (keeper: Transaction) => Promise<Value>) =>
    db.transaction(systemActor, (tx) => tx.through("keeper", work), { readOnly: true });
  return {
    closed: async () => {
      const today = asAt.date();
      const span = { from: zone.startOfDate(today), to: shownUntil(zone, today) };
      const seen = nothingSeen();
      return db.transaction(
        systemActor,
        async (tx) => wordOf(await shownStretches(tx, { zone, now: asAt.now(), ...span, seen })),
        { readOnly: true },
      );
    },
    notices: async () => wordOf(await read((tx) => loadNotices(tx, asAt.now() - dayMs))),
    // Over all its sessions: past ones drop out of what is read merely by the clock.
    told: async (partnerId) => {
      const moment = { zone, now: asAt.now() };
      return wordOf(
        await read(async (tx) => {
          const all = await toldSessions(tx, moment, partnerId);
          return all.map(({ id, told }) => ({ id, told }));
        }),
      );
    },
    toldAnewAt: () => read((tx) => nextQuiet(tx, asAt.now())),
    attended: async (partnerId) => {
      const moment = { zone, now: asAt.now() };
      return wordOf(await read((tx) => ownAttended(tx, moment, partnerId)));
    },
    partnersOf: (ids) => read((tx) => partnersOfSessions(tx, ids)),
  };
}

function wordOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url");
}
