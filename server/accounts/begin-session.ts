import type { Caller } from "#server/accounts/password-account.ts";
import { actorOfAccount } from "#server/accounts/prove.ts";
import type { Credentials } from "#server/accounts/queries/credentials.ts";
import { deleteSignIn } from "#server/accounts/queries/sign-ins.ts";
import { startSession } from "#server/accounts/sessions.ts";
import type { Transaction } from "#server/db/database.ts";

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
