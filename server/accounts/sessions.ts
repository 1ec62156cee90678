import { createHash, randomBytes } from "node:crypto";
import { needsSecondFactor } from "#core/accounts/second-factor.ts";
import type { Actor } from "#core/role.ts";
import * as sql from "#server/accounts/queries/sign-ins.ts";
import { type Database, gateActor, type Transaction } from "#server/db/database.ts";

const ends: sql.SessionEnds = {
  absoluteMs: 12 * 3_600_000,
  idleMs: 30 * 60_000,
  idleByRoleMs: 2 * 3_600_000,
};
/** Last use is written at most this often, so that reading stays cheap. */
const touchMs = 60_000;

/** Who holds a token that is alive. */
export interface Session {
  readonly id: string;
  readonly token: string;
  readonly actor: Actor;
  /** Null: by role, in the demonstration. */
  readonly accountId: string | null;
  readonly shownName: string | null;
  readonly isLocked: boolean;
  /** The phone that it was opened on by PIN. */
  readonly deviceId: string | null;
  readonly hasPassword: boolean;
  readonly hasPasskey: boolean;
  readonly hasApp: boolean;
  /** Its account has to set up a second factor before anything else. */
  readonly needsSecondFactor: boolean;
  /** Opened through the identity provider. */
  readonly byProvider: boolean;
  /** When its person last proved to be there; epoch milliseconds. */
  readonly freshAt: number | null;
}

export interface NewSession {
  readonly actor: Actor;
  readonly account: { readonly id: string; readonly epoch: number } | null;
  readonly device: string | null;
  readonly deviceId?: string | null;
  readonly byProvider?: boolean;
  readonly now: number;
}

/** Starts a session and returns the opaque token for the cookie; only its hash is stored. */
export async function startSession(gate: Transaction, session: NewSession): Promise<string> {
  const token = newToken();
  await sql.deleteEndedSignIns(gate, session.now, ends);
  const { person, role, partner, neighbour = null } = session.actor;
  const who = { person, role, partner, neighbour };
  await sql.insertSignIn(gate, { ...session, ...who, tokenHash: hashOf(token) });
  return token;
}

/** Who holds this token, or null when it is unknown or has ended. */
export async function sessionOfToken(
  db: Database,
  token: string,
  now: number,
): Promise<Session | null> {
  const row = await db.transaction(
    gateActor,
    (tx) => sql.findSignIn(tx, hashOf(token), now, ends),
    { readOnly: true },
  );
  if (!row) return null;
  const { lastSeenAt, person, role, partner, neighbour, isAskedOfPolice, ...known } = row;
  const { id, isLocked } = known;
  // A locked screen asks on for news: that is no sign of its person.
  if (!isLocked && now - lastSeenAt > touchMs) {
    await db.transaction(gateActor, (tx) => sql.touchSignIn(tx, id, now));
  }
  const actor = { person, role, partner, neighbour };
  return { ...known, token, actor, needsSecondFactor: needsSecondFactor(row) };
}

/** The session goes on under a new token, so that one copied while it was locked opens nothing. */
export async function unlockSession(
  gate: Transaction,
  session: { readonly id: string; readonly accountId: string; readonly now: number },
): Promise<string | null> {
  const token = newToken();
  return (await sql.unlockSignIn(gate, { ...session, tokenHash: hashOf(token) })) ? token : null;
}

/** Those of these sessions that stand and are not locked, as they are now: whoever listens uses none of them. */
export function standingSessions(
  db: Database,
  ids: readonly string[],
  now: number,
): Promise<sql.StandingRow[]> {
  return db.transaction(gateActor, (tx) => sql.standingSignIns(tx, ids, now, ends), {
    readOnly: true,
  });
}

export function sessionsOfAccount(
  gate: Transaction,
  accountId: string,
  now: number,
): Promise<sql.OwnSignInRow[]> {
  return sql.ownSignIns(gate, accountId, now, ends);
}

function newToken(): string {
  return randomBytes(32).toString("base64url");
}

function hashOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
