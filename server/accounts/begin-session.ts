import type { Actor } from "#core/role.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { actorOfAccount } from "#server/accounts/prove.ts";
import type { Credentials } from "#server/accounts/queries/credentials.ts";
import { deleteSignIn } from "#server/accounts/queries/sign-ins.ts";
import { type Session, startSession } from "#server/accounts/sessions.ts";
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
export async function beginSession(
  tx: Transaction,
  account: Credentials,
  { device, before }: Pick<Caller, "device" | "before">,
  now: number,
): Promise<string> {
  if (before !== null) await deleteSignIn(tx, before);
  return startSession(tx, { actor: actorOfAccount(account), account, device, now });
}

/** A session by role alone, in the demonstration; returns its token. */
export function signInByRole(
  db: Database,
  actor: Actor,
  { before, device }: { readonly before: string | null; readonly device: string | null },
): Promise<string> {
  return db.transaction(gateActor, async (tx) => {
    if (before !== null) await deleteSignIn(tx, before);
    const token = await startSession(tx, { actor, account: null, device, now: Date.now() });
    await appendAudit(tx, actor, {
      verb: "consultation",
      act: "sign in",
      purpose: "administration",
      outcome: "done",
      detail: { by: "role of the demonstration" },
    });
    return token;
  });
}

export function signOut(db: Database, { id, actor }: Session): Promise<void> {
  return db.transaction(gateActor, async (tx) => {
    // Two calls of one browser at once: it is left once.
    if (!(await deleteSignIn(tx, id))) return;
    await appendAudit(tx, actor, {
      verb: "consultation",
      act: "sign out",
      purpose: "administration",
      outcome: "done",
      detail: {},
    });
  });
}
