import { isSecondFactorRole } from "#core/accounts/second-factor.ts";
import type { Actor } from "#core/role.ts";
import type { Transaction } from "#server/db/database.ts";
import { readSetting } from "#server/db/settings.ts";

export const localPasswordsKey = "local-passwords";

export async function localPasswordsAreOn(tx: Transaction): Promise<boolean> {
  return (await readSetting<boolean>(tx, localPasswordsKey)) !== false;
}

export const askPoliceKey = "second-factor-for-police";

export async function isAskedOfPolice(tx: Transaction): Promise<boolean> {
  return (await readSetting<boolean>(tx, askPoliceKey)) === true;
}

export const policeContactKey = "police-contact";

/** Null where none has been given. */
export function readPoliceContact(tx: Transaction): Promise<string | null> {
  return readSetting<string>(tx, policeContactKey);
}

export async function isSecondFactorAsked(tx: Transaction, role: Actor["role"]): Promise<boolean> {
  return isSecondFactorRole(role, await isAskedOfPolice(tx));
}
