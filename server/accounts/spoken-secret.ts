import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { type Credentials, setSetupHash } from "#server/accounts/queries/credentials.ts";
import { putDeviceLink } from "#server/accounts/queries/devices.ts";
import { isShut } from "#server/accounts/queries/openings.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";

/** Without letters that are taken for each other when read aloud or from paper. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/** Groups of five letters of 31, just under 25 bits each: 123 bits in five. Shown once and stored nowhere. */
export function drawSpokenSecret(groups = 5): string {
  const drawn = Array.from({ length: groups * 5 }, drawLetter).join("");
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

/** Whatever capitals, blanks and dashes it was typed with. */
export function hashOfSpoken(secret: string): Buffer {
  const plain = secret.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return createHash("sha256").update(plain).digest();
}

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

/** Sent to somebody, it has to wait until they read it; for a phone that lies beside, a moment is enough. */
export const linkLivesMs = { sent: 24 * 3_600_000, beside: 15 * 60_000 } as const;

export interface DeviceLink {
  /** Shown once and stored nowhere. */
  readonly secret: string;
  readonly until: number;
  /** For a second person, before it sets up anything. */
  readonly waits: boolean;
}

/** Through the gate. A link from before no longer works. */
export async function issueDeviceLink(
  gate: Transaction,
  account: { readonly id: string; readonly role: string; readonly isInUse: boolean },
  link: { readonly by: string; readonly livesMs: number; readonly now: number },
): Promise<DeviceLink> {
  if (account.role !== "partner" || !account.isInUse) {
    throw new Problem(
      409,
      "Link not made",
      "A phone can only be set up for an active account with the partner role.",
    );
  }
  const secret = drawSpokenSecret();
  const until = link.now + link.livesMs;
  await putDeviceLink(gate, {
    accountId: account.id,
    secretHash: hashOfSpoken(secret),
    by: link.by,
    until,
  });
  return { secret, until, waits: await isShut(gate, account.id, "link") };
}

/** Behind the hash, so that no server and no proxy reads it. */
export function linkOf(origin: string, secret: string): string {
  return `${origin}/#/phone?key=${secret}`;
}
