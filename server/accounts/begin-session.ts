import type { Actor } from "#core/role.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { actorOfAccount } from "#server/accounts/prove.ts";
import type { Credentials } from "#server/accounts/queries/credentials.ts";
import {
  deleteSignIn,
  type NewSession,
  type Session,
  startSession,
} from "#server/accounts/sessions.ts";
import { type Database, gateActor, type Transaction } from "#server/db/database.ts";

/** The browser that calls. */
export interface Caller {
  readonly address: string;
  readonly device: string | null;
  /** The cookie of a browser that somebody signed in from before. */
  readonly known: string | null;
  /** The session of its cookie, which a new one takes the place of. */
  readonly before: string | null;
  readonly onWait: (seconds: number) => void;
}

/** A session of this account in the place of the one that the browser had; returns its token. */
export function beginSession(
  tx: Transaction,
  account: Credentials,
  browser: Omit<NewSession, "actor" | "account" | "now">,
  now: number,
): Promise<string> {
  return startSession(tx, { ...browser, actor: actorOfAccount(account), account, now });
}

const line = { verb: "consultation", purpose: "administration", outcome: "done" } as const;

/** A session by role alone, in the demonstration; returns its token. */
export function signInByRole(
  db: Database,
  actor: Actor,
  { before, device }: Pick<Caller, "before" | "device">,
): Promise<string> {
  return db.transaction(gateActor, async (tx) => {
    const token = await startSession(tx, { actor, account: null, before, device, now: Date.now() });
    const detail = { by: "role of the demonstration" };
    await appendAudit(tx, actor, { ...line, act: "sign in", detail });
    return token;
  });
}

export function signOut(db: Database, { id, actor }: Session): Promise<void> {
  return db.transaction(gateActor, async (tx) => {
    // Two calls of one browser at once: it is left once.
    if (!(await deleteSignIn(tx, id))) return;
    await appendAudit(tx, actor, { ...line, act: "sign out", detail: {} });
  });
}
