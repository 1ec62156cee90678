import type { Caller } from "#server/auth/password-account.ts";
import { actorOfAccount } from "#server/auth/prove.ts";
import { startSession } from "#server/auth/sessions.ts";
import type { Transaction } from "#server/db/database.ts";
import type { Credentials } from "#server/queries/credentials.ts";
import { deleteSignIn } from "#server/queries/sign-ins.ts";

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
