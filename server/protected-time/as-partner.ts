import type { Transaction } from "#server/db/database.ts";
import type { RequestContext } from "#server/http/route.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { partnerOf } from "#server/protected-time/partners.ts";

/** What a partner's route works with: its own partner and no other. */
export interface Own extends Moment {
  readonly tx: Transaction;
  readonly partnerId: string;
  /** Who acts for it. */
  readonly person: string;
}

/** One transaction on the caller's own partner; tried again when a patrol is agreed in between. */
export function asPartner<Value>(
  { db, actor, zone, asAt }: RequestContext,
  work: (own: Own) => Promise<Value>,
): Promise<Value> {
  return db.transaction(
    actor,
    async (tx) => {
      const partner = await partnerOf(tx, actor);
      return work({ tx, partnerId: partner.id, person: actor.person, zone, now: asAt.now() });
    },
    { retries: 5 },
  );
}
