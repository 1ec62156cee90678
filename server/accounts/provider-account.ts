import { z } from "zod";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { beginSession } from "#server/accounts/begin-session.ts";
import type { OidcPerson } from "#server/accounts/oidc.ts";
import { actorOfAccount, isUnconfirmed } from "#server/accounts/prove.ts";
import { type Credentials, lockCredentials } from "#server/accounts/queries/credentials.ts";
import { type Database, gateActor, type Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";

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
  let known: Credentials | null = null;
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
      const token = await beginSession(tx, account, { ...caller, byProvider: true }, now);
      const detail = { by: "provider" };
      await appendAudit(tx, actorOfAccount(account), { ...note, outcome: "done", detail });
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

const note = { verb: "consultation", act: "sign in", purpose: "administration" } as const;

function appendRefused(
  tx: Transaction,
  account: Credentials | null,
  reason: string,
): Promise<void> {
  const actor = { person: account?.name ?? "unknown", role: "nobody", partner: null } as const;
  const detail = { by: "provider", reason };
  return appendAudit(tx, actor, { ...note, outcome: "refused", detail });
}

const numbered = z.object({ id: z.string() });

async function accountOf(
  tx: Transaction,
  { issuer, subject, preferredName }: OidcPerson,
  now: number,
): Promise<Credentials | null> {
  const bound = await tx.maybe(
    numbered,
    sql`select id from account where oidc_issuer = ${issuer} and oidc_subject = ${subject}`,
  );
  if (bound !== null) return lockCredentials(tx, bound.id, now);
  const names = [subject, ...(preferredName === null ? [] : [preferredName])];
  const [awaiting, ...others] = await tx.rows(
    numbered,
    sql`select id from account where oidc_name = any(${names}) and oidc_subject is null order by id`,
  );
  // Two accounts wait for the two names of one person: nobody can tell which is meant.
  if (awaiting === undefined || others.length > 0) return null;
  const account = await lockCredentials(tx, awaiting.id, now);
  if (account?.isInUse) {
    await tx.run(
      sql`update account set oidc_issuer = ${issuer}, oidc_subject = ${subject}
        where id = ${awaiting.id} and oidc_subject is null`,
    );
  }
  return account;
}
