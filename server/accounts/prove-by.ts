import { knownDevice } from "#server/accounts/device-account.ts";
import { localPasswordsAreOn } from "#server/accounts/local-passwords.ts";
import type { DeviceRow } from "#server/accounts/queries/devices.ts";
import type { Session } from "#server/accounts/sessions.ts";
import { type Database, gateActor } from "#server/db/database.ts";

/** What may open an account in one browser at this moment. */
export interface Ways {
  /** The phone that this browser is set up as, whosever it is. */
  readonly device: DeviceRow | null;
  readonly passwords: boolean;
}

export async function waysOf(db: Database, deviceToken: string | null): Promise<Ways> {
  return {
    device: await knownDevice(db, deviceToken),
    passwords: await db.transaction(gateActor, localPasswordsAreOn),
  };
}

/**
 * By what the person of a session proves once more to be there; null for a role of the demonstration, which
 * has nothing to prove itself by. A PIN counts on the account's own phone alone, a password while passwords are on.
 */
export function proveBy(
  { accountId, hasPassword }: Pick<Session, "accountId" | "hasPassword">,
  { device, passwords }: Ways,
): "pin" | "password" | "provider" | null {
  if (accountId === null) return null;
  if (device?.accountId === accountId) return "pin";
  return hasPassword && passwords ? "password" : "provider";
}
