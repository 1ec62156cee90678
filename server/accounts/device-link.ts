import { putDeviceLink } from "#server/accounts/queries/devices.ts";
import { isShut } from "#server/accounts/queries/openings.ts";
import { drawSpokenSecret, hashOfSpoken } from "#server/accounts/spoken-secret.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";

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
      "No link made",
      "A phone is set up for an account of the role partner that is in use.",
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
