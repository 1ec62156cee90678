import { actorOfAccount } from "#server/accounts/prove.ts";
import type { Credentials } from "#server/accounts/queries/credentials.ts";
import { deleteSignIn } from "#server/accounts/queries/sign-ins.ts";
import { startSession } from "#server/accounts/sessions.ts";
import type { Transaction } from "#server/db/database.ts";

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
