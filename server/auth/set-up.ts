import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Transaction } from "#server/db/database.ts";
import { type Credentials, setSetupHash } from "#server/queries/credentials.ts";

const secretLivesMs = 3 * 24 * 3_600_000;

/** Without letters that are taken for each other when read aloud or from paper. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";

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
  const secret = drawSecret();
  const until = now + secretLivesMs;
  await setSetupHash(gate, { id: accountId, hash: hashOf(secret), until });
  return { secret, until };
}

export function isSetUpSecret(account: Credentials | null, typed: string, now: number): boolean {
  const expected = account?.setupHash ?? hashOf("nobody's");
  const equal = timingSafeEqual(expected, hashOf(typed));
  return equal && account?.setupHash != null && now < (account.setupUntil ?? 0);
}

/** 25 of 31 letters: 123 bits. */
function drawSecret(): string {
  const drawn = Array.from({ length: 25 }, drawLetter).join("");
  return (drawn.match(/.{5}/g) ?? []).join("-");
}

/** Octets beyond the last whole multiple are drawn again, so that each letter is equally likely. */
function drawLetter(): string {
  const limit = 256 - (256 % letters.length);
  for (;;) {
    const [octet = 255] = randomBytes(1);
    if (octet < limit) return letters[octet % letters.length] ?? "";
  }
}

function hashOf(secret: string): Buffer {
  const plain = secret.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return createHash("sha256").update(plain).digest();
}
