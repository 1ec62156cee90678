import { pushCookie } from "#server/accounts/cookies.ts";
import type { Session } from "#server/accounts/sessions.ts";
import { hashOf } from "#server/accounts/token.ts";
import { type Database, gateActor, systemActor } from "#server/db/database.ts";
import { readSetting } from "#server/db/settings.ts";
import { sql } from "#server/db/sql.ts";
import type { RequestContext } from "#server/http/route.ts";

export const pushKey = "push";

/** By which push services know this server (VAPID, RFC 8292). */
export interface PushKeys {
  /** Whom a push service may write to: `mailto:` or `https:`. */
  readonly contact: string;
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Null: push is not set up. */
export function readPushKeys(db: Database): Promise<PushKeys | null> {
  return db.transaction(systemActor, (tx) => readSetting<PushKeys>(tx, pushKey), {
    readOnly: true,
    beside: true,
  });
}

/** This browser's, at its sign-out, and where somebody else signs in. */
export async function forgetPhone(
  { config, db, request, reply }: RequestContext,
  session: Session | null = null,
): Promise<void> {
  const device = pushCookie.read(config, request);
  if (device === null) return;
  const own = sql`device_hash = ${hashOf(device)}`;
  const [person, signInId] = session ? [session.actor.person, session.id] : ["", null];
  const isKept = await db.transaction(gateActor, async (gate) => {
    await gate.run(sql`delete from push_subscription where ${own} and person <> ${person}`);
    return gate.did(sql`update push_subscription set sign_in_id = ${signInId} where ${own}`);
  });
  if (!isKept) pushCookie.clear(config, reply);
}
