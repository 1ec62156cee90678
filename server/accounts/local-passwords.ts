import type { Transaction } from "#server/db/database.ts";
import { readSetting } from "#server/db/settings.ts";

export const localPasswordsKey = "local-passwords";

/** Whether passwords sign in; an administrator may switch them off where an identity provider is set. */
export async function localPasswordsAreOn(tx: Transaction): Promise<boolean> {
  return (await readSetting<boolean>(tx, localPasswordsKey)) !== false;
}
