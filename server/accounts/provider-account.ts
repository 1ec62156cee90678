import type { AuditNote } from "#core/audit.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import type { OidcPerson } from "#server/accounts/oidc.ts";
import { actorOfAccount } from "#server/accounts/prove.ts";
import * as sql from "#server/accounts/queries/credentials.ts";
import { deleteSignIn } from "#server/accounts/queries/sign-ins.ts";
import { isUnconfirmed } from "#server/accounts/second-person.ts";
import { startSession } from "#server/accounts/sessions.ts";
import { type Database, gateActor, type Transaction } from "#server/db/database.ts";

/**
 * Signs in whom the provider vouches for, under the role that is kept here; null where no account in
 * use is theirs. At the first sign-in an account is found by the name that an administrator entered
 * for it, and is bound to issuer and subject from then on.
 */
export async function signInByProvider(
  db: Database,
  person: OidcPerson,
  caller: { readonly before: string | null; readonly device: string | null },
): Promise<string | null> {
  let known: sql.Credentials | null = null;
  const work = db.transaction(
    gateActor,
    async (tx) => {
      const now = Date.now();
      const account = await accountOf(tx, person, now);
      known = account;
      if (!account?.isInUse) {
        await appendRefused(tx, account, account ? "not in use" : "no account");
        return null;
      }
      if (caller.before !== null) await deleteSignIn(tx, caller.before);
      const actor = actorOfAccount(account);
      const { device } = caller;
      const token = await startSession(tx, { actor, account, device, byProvider: true, now });
      await appendAudit(tx, actor, { ...note, outcome: "done", detail: { by: "provider" } });
      return token;
    },
    { retries: 5 },
  );
  return work.catch(async (cause: unknown) => {
    if (!isUnconfirmed(cause)) throw cause;
    await db.transaction(gateActor, (tx) => appendRefused(tx, known, "waits for a second person"));
    return null;
  });
}

const note: AuditNote = { verb: "consultation", act: "sign in", purpose: "administration" };

function appendRefused(
  tx: Transaction,
  account: sql.Credentials | null,
  reason: string,
): Promise<void> {
  const actor = { person: account?.name ?? "unknown", role: "nobody", partner: null } as const;
  return appendAudit(tx, actor, {
    ...note,
    outcome: "refused",
    detail: { by: "provider", reason },
  });
}

async function accountOf(
  tx: Transaction,
  person: OidcPerson,
  now: number,
): Promise<sql.Credentials | null> {
  const bound = await sql.accountOfSubject(tx, person);
  if (bound !== null) return sql.lockCredentials(tx, bound, now);
  const names = [person.subject, ...(person.preferredName === null ? [] : [person.preferredName])];
  const awaiting = await sql.accountsAwaiting(tx, names);
  const [id] = awaiting;
  // Two accounts wait for the two names of one person: nobody can tell which is meant.
  if (id === undefined || awaiting.length > 1) return null;
  const account = await sql.lockCredentials(tx, id, now);
  if (account?.isInUse) await sql.bindSubject(tx, id, person);
  return account;
}
