import { createHash, randomInt, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Credentials } from "#server/accounts/queries/credentials.ts";
import type { Transaction } from "#server/db/database.ts";
import { assigned, insertInto, sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";

/** Without letters that are easily confused. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/** Groups of five letters of 31, just under 25 bits each: 123 bits in five. Shown once and stored nowhere. */
export function drawSpokenSecret(groups = 5): string {
  const drawn = Array.from({ length: groups * 5 }, () => letters[randomInt(letters.length)]).join(
    "",
  );
  return (drawn.match(/.{5}/g) ?? []).join("-");
}

/** Ignores capitals, blanks and dashes. */
export function hashOfSpoken(secret: string): Buffer {
  const plain = secret.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return createHash("sha256").update(plain).digest();
}

export const secretLivesMs = 3 * 24 * 3_600_000;

export interface SpokenSecret {
  /** Shown once and stored nowhere. */
  readonly secret: string;
  /** Epoch milliseconds. */
  readonly until: number;
  /** Needs a second person before it opens anything. */
  readonly waits: boolean;
}

/** Replaces the password, which ends the account's sessions. */
export async function issueSetUpSecret(
  gate: Transaction,
  id: string,
  now: number,
): Promise<SpokenSecret> {
  const secret = drawSpokenSecret();
  const until = now + secretLivesMs;
  const fields = { setupHash: hashOfSpoken(secret), setupUntil: new Date(until) };
  const instead = assigned({ passwordHash: null, passwordSetAt: null, ...fields });
  await gate.run(sql`update account set ${instead} where id = ${id}`);
  return { secret, until, waits: await isShut(gate, id, "sign-in") };
}

async function isShut(gate: Transaction, id: string, way: "link" | "sign-in"): Promise<boolean> {
  return (await gate.value(z.boolean(), sql`select account_is_shut(${id}, ${way})`)) ?? false;
}

export function isSetUpSecret(account: Credentials | null, typed: string, now: number): boolean {
  const expected = account?.setupHash ?? hashOfSpoken("nobody's");
  const equal = timingSafeEqual(expected, hashOfSpoken(typed));
  return equal && account?.setupHash != null && now < (account.setupUntil ?? 0);
}

/** A sent link waits until it is read; for a phone at hand a moment is enough. */
export const linkLivesMs = { sent: 24 * 3_600_000, beside: 15 * 60_000 } as const;

/** Invalidates the previous link. */
export async function issueDeviceLink(
  gate: Transaction,
  account: { readonly id: string; readonly role: string; readonly isInUse: boolean },
  link: { readonly by: string; readonly livesMs: number; readonly now: number },
): Promise<SpokenSecret> {
  if (account.role !== "partner" || !account.isInUse) {
    const detail = "A phone can only be set up for an active account with the partner role.";
    throw new Problem(409, "Link not made", detail);
  }
  const secret = drawSpokenSecret();
  const until = link.now + link.livesMs;
  const fields = { accountId: account.id, madeBy: link.by, until: new Date(until) };
  // Replaces the account's earlier link.
  await gate.run(
    sql`${insertInto("device_link", { ...fields, secretHash: hashOfSpoken(secret) })}
      on conflict (account_id) do update
      set secret_hash = excluded.secret_hash, made_by = excluded.made_by, until = excluded.until`,
  );
  return { secret, until, waits: await isShut(gate, account.id, "link") };
}

/** In the fragment, so that no server or proxy reads it. */
export function linkOf(origin: string, secret: string): string {
  return `${origin}/#/phone?key=${secret}`;
}
