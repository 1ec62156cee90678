import type { Actor } from "#core/role.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { deleteSignIn } from "#server/accounts/queries/sign-ins.ts";
import { type Session, startSession } from "#server/accounts/sessions.ts";
import { type Database, gateActor } from "#server/db/database.ts";

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
    await deleteSignIn(tx, id);
    await appendAudit(tx, actor, {
      verb: "consultation",
      act: "sign out",
      purpose: "administration",
      outcome: "done",
      detail: {},
    });
  });
}
