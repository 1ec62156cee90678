import { createHash, randomBytes } from "node:crypto";
import type { Actor, Role } from "#core/model/role.ts";
import { type Database, gateActor } from "#server/db/database.ts";

export const sessionCookie = "boxster_session";
/** A session ends after 12 hours, or 2 hours without a request. */
const absoluteMs = 12 * 3_600_000;
const idleMs = 2 * 3_600_000;
/** Last use is written at most this often, so that reading stays cheap. */
const touchMs = 60_000;

interface SignInRow {
  readonly person: string;
  readonly role: Role;
  readonly partner: string | null;
  readonly createdAt: number;
  readonly lastSeenAt: number;
}

/** Starts a session and returns the opaque token for the cookie; only its hash is stored. */
export async function startSession(db: Database, actor: Actor, now: number): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db.transaction(gateActor, async (tx) => {
    await tx.query("delete from sign_in where created_at < $1::timestamptz", [
      new Date(now - absoluteMs).toISOString(),
    ]);
    await tx.query(
      `insert into sign_in (token_hash, person, role, partner, created_at, last_seen_at)
       values ($1, $2, $3, $4, $5::timestamptz, $5::timestamptz)`,
      [hash(token), actor.person, actor.role, actor.partner, new Date(now).toISOString()],
    );
  });
  return token;
}

export async function endSession(db: Database, token: string): Promise<void> {
  await db.transaction(gateActor, (tx) =>
    tx.query("delete from sign_in where token_hash = $1", [hash(token)]),
  );
}

/** Who holds this token, or null when it is unknown or has ended. */
export async function actorOfSession(
  db: Database,
  token: string,
  now: number,
): Promise<Actor | null> {
  return db.transaction(gateActor, async (tx) => {
    const rows = await tx.query<SignInRow>(
      `select person, role, partner,
              (extract(epoch from created_at) * 1000)::float8 as "createdAt",
              (extract(epoch from last_seen_at) * 1000)::float8 as "lastSeenAt"
       from sign_in
       where token_hash = $1`,
      [hash(token)],
    );
    const row = rows[0];
    if (!row || now - row.createdAt > absoluteMs || now - row.lastSeenAt > idleMs) return null;
    if (now - row.lastSeenAt > touchMs) {
      await tx.query("update sign_in set last_seen_at = $2::timestamptz where token_hash = $1", [
        hash(token),
        new Date(now).toISOString(),
      ]);
    }
    return { person: row.person, role: row.role, partner: row.partner };
  });
}

function hash(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
