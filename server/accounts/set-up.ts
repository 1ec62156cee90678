import { timingSafeEqual } from "node:crypto";
import { type Credentials, setSetupHash } from "#server/accounts/queries/credentials.ts";
import { drawSpokenSecret, hashOfSpoken } from "#server/accounts/spoken-secret.ts";
import type { Transaction } from "#server/db/database.ts";

export const secretLivesMs = 3 * 24 * 3_600_000;

export interface SetUpSecret {
  /** Five groups of five; shown once and stored nowhere. */
  readonly secret: string;
  readonly until: number;
}

/** Takes the place of the password there was, which ends the sessions of the account. */
export async function issueSetUpSecret(
  gate: Transaction,
  accountId: string,
  now: number,
): Promise<SetUpSecret> {
  const secret = drawSpokenSecret();
  const until = now + secretLivesMs;
  await setSetupHash(gate, { id: accountId, hash: hashOfSpoken(secret), until });
  return { secret, until };
}

export function isSetUpSecret(account: Credentials | null, typed: string, now: number): boolean {
  const expected = account?.setupHash ?? hashOfSpoken("nobody's");
  const equal = timingSafeEqual(expected, hashOfSpoken(typed));
  return equal && account?.setupHash != null && now < (account.setupUntil ?? 0);
}
