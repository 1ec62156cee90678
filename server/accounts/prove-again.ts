import type { ProofAgain } from "#core/accounts/wire/sign-in.ts";
import { localPasswordsAreOn } from "#server/accounts/account-settings.ts";
import {
  knownDevice,
  proveAgainByPin,
  type StoredDevice,
} from "#server/accounts/device-account.ts";
import { callerOf } from "#server/accounts/guard.ts";
import { isPassword } from "#server/accounts/password-hash.ts";
import { prove } from "#server/accounts/prove.ts";
import { isSecondFactor } from "#server/accounts/second-factor/second-step.ts";
import type { Session } from "#server/accounts/sessions.ts";
import { type Database, gateActor, type Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import type { RequestContext } from "#server/http/route.ts";

/** Afterwards the session counts as fresh. */
export async function proveAgain(
  context: RequestContext,
  { id, accountId, actor }: Pick<Session, "id" | "actor"> & { readonly accountId: string },
  proof: ProofAgain,
  act: string,
): Promise<void> {
  const refresh = (tx: Transaction, now: number) =>
    tx.run(sql`update sign_in set fresh_at = ${new Date(now)} where id = ${id}`);
  if ("pin" in proof) {
    await proveAgainByPin(context, accountId, proof.pin, act);
    return context.db.transaction(gateActor, (tx) => refresh(tx, Date.now()));
  }
  return prove(
    context,
    {
      ...callerOf(context),
      name: actor.person,
      lane: `session ${id}`,
      act,
      isProven: async (account) => {
        if ("password" in proof) return isPassword(proof.password, account?.passwordHash ?? null);
        return account?.id === accountId && (await isSecondFactor(context, accountId, proof));
      },
    },
    (tx, _account, now) => refresh(tx, now),
  );
}

export interface Ways {
  readonly device: StoredDevice | null;
  readonly passwords: boolean;
}

export async function waysOf(db: Database, deviceToken: string | null): Promise<Ways> {
  return {
    device: await knownDevice(db, deviceToken),
    passwords: await db.transaction(gateActor, localPasswordsAreOn),
  };
}

/**
 * How a session's person can prove their presence again; null for a demonstration role, which has
 * no credentials. A PIN counts on the account's own phone only, a password only while passwords are
 * on.
 */
export function proveBy(
  { accountId, hasPassword }: Pick<Session, "accountId" | "hasPassword">,
  { device, passwords }: Ways,
): "pin" | "password" | "provider" | null {
  if (accountId === null) return null;
  if (device?.accountId === accountId) return "pin";
  return hasPassword && passwords ? "password" : "provider";
}
